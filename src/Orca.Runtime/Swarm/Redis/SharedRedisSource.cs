using StackExchange.Redis;

namespace Orca.Swarm.Redis;

/// <summary>Hands out the host's own connection: it reconnects by itself, and is never disposed here.</summary>
internal sealed class SharedRedisSource(IConnectionMultiplexer connection) : IRedisSource
{
    public bool IsOwned => false;

    public string Endpoints { get; } = connection.Configuration;

    public Task<IConnectionMultiplexer> ConnectAsync() => Task.FromResult(connection);

    public string Explain(Exception e) => e.Message;
}
