using Orca.TestKit.Servers;

namespace Orca.Tests.Swarm.Redis;

/// <summary>One redis-server for the tests of a class.</summary>
public class RedisServerFixture : IAsyncLifetime
{
    internal RedisServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected virtual Task<RedisServer> StartAsync() => RedisServer.StartAsync();
}
