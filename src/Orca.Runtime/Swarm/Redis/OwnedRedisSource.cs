using StackExchange.Redis;

namespace Orca.Swarm.Redis;

/// <summary>Makes connections as the options say; names are resolved with each.</summary>
internal sealed class OwnedRedisSource(RedisOptions options, string clientName) : IRedisSource
{
    public bool IsOwned => true;

    public string Endpoints { get; } = string.Join(", ", options.Endpoints);

    public async Task<IConnectionMultiplexer> ConnectAsync() =>
        await ConnectionMultiplexer.ConnectAsync(RedisConfiguration.Of(options, clientName));
}
