using Orca.TestKit;
using Orca.TestKit.Servers;

namespace Orca.Tests.Swarm;

/// <summary>A server that is known by a name, which comes to mean another address.</summary>
public sealed class RedisNameTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reconnect_TheNameMeansAnotherAddress_IsResolvedAnew()
    {
        Assert.SkipUnless(HostProcess.CanHaveHosts(), "This machine lets no process have an /etc/hosts of its own (unshare --mount).");
        await using var server = await RedisServer.StartAsync("--bind", "127.0.0.1", "127.0.0.2");
        using var folder = new TempFolder();
        var hosts = folder.Write("hosts", "127.0.0.1 localhost\n127.0.0.2 redis.orca.test\n");
        await using var drone = new HostProcess(
            "north",
            new Dictionary<string, string>
            {
                ["Role"] = "drone",
                ["Orca:Name"] = "north",
                ["Orca:Redis:Endpoints:0"] = $"redis.orca.test:{server.Port}",
            },
            hosts);
        await drone.SeenAsync($"Connected to Redis at redis.orca.test:{server.Port}", Ct);

        // From now on nobody listens at the first address any more.
        Assert.Equal("+OK", await server.CommandAsync("CONFIG", "SET", "bind", "127.0.0.1"));
        await File.WriteAllTextAsync(hosts, "127.0.0.1 localhost\n127.0.0.1 redis.orca.test\n", Ct);
        await server.CommandAsync("CLIENT", "KILL", "TYPE", "normal");
        await server.CommandAsync("CLIENT", "KILL", "TYPE", "pubsub");

        await drone.SeenAsync($"The connection to Redis at redis.orca.test:{server.Port} is lost", Ct);
        await drone.SeenAsync($"Connected to Redis at redis.orca.test:{server.Port} again", Ct);
    }
}
