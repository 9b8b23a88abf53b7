using Orca.Swarm.Redis;

namespace Orca.Tests.Swarm.Redis;

/// <summary>Members of a swarm over Redis, each with a connection of its own; they leave together.</summary>
internal sealed class RedisMembers : IAsyncDisposable
{
    private readonly List<RedisConnection> _connections = [];

    public LogLines Log { get; } = new();

    public IReadOnlyList<RedisConnection> Connections => _connections;

    public RedisSwarmMedium Connect(string endpoint, Action<RedisOptions>? configure = null, Func<RedisSettings, RedisSettings>? settle = null)
    {
        var options = new RedisOptions { Endpoints = { endpoint } };
        configure?.Invoke(options);
        var settings = new RedisSettings(options.Database, options.ConnectTimeout, options.Timeout);
        return Connect(new OwnedRedisSource(options, "orca-tests"), settle?.Invoke(settings) ?? settings);
    }

    public RedisSwarmMedium Connect(IRedisSource source, RedisSettings settings)
    {
        var connection = new RedisConnection(source, settings, TimeProvider.System, Log, new Random(_connections.Count));
        _connections.Add(connection);
        return new RedisSwarmMedium(connection, Log);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }
    }
}
