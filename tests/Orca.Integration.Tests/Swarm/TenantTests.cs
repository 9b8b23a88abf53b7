using Microsoft.Extensions.Hosting;
using Orca.Hosting;
using Orca.Samples.Target;
using Orca.Swarm;
using Orca.Swarm.Redis;
using Orca.TestKit;
using Orca.TestKit.Servers;
using Orca.Tests.Runs;
using StackExchange.Redis;

namespace Orca.Tests.Swarm;

/// <summary>Two teams that share one server, with the same names for swarm, drones and run, at the same time.</summary>
public sealed class TenantTests
{
    private static readonly string[] Tenants = ["team-a", "team-b"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TwoTenants_AtTheSameTime_NeverSeeEachOther()
    {
        await using var server = await RedisServer.StartAsync();
        using var connection = await ConnectionMultiplexer.ConnectAsync(server.Endpoint);
        var heard = new List<string>();
        await connection.GetSubscriber().SubscribeAsync(new RedisChannel("*orca*", RedisChannel.PatternMode.Pattern), (channel, _) =>
        {
            lock (heard)
            {
                heard.Add(channel!);
            }
        });

        // One has two drones and needs two, the other has three and needs three: a drone of the other's would show.
        var teams = await Task.WhenAll(Tenants.Select((tenant, i) => RunAsync(server, tenant, drones: 2 + i)));

        foreach (var (requests, reported, drones, tenant) in teams)
        {
            Assert.Equal(requests, reported);
            Assert.Equal(Tenants.IndexOf(tenant) + 2, drones);
        }

        var keys = connection.GetServer(server.Endpoint).Keys().Select(key => (string)key!).ToList();
        lock (heard)
        {
            Assert.All(heard.Concat(keys), name => Assert.Matches("^team-[ab]:orca:{default}:", name));
            Assert.All(Tenants, tenant => Assert.Contains(heard, name => name.StartsWith(tenant, StringComparison.Ordinal)));
        }

        foreach (var (tenant, runs) in (IEnumerable<(string, int)>)[(Tenants[0], 1), (Tenants[1], 1), ("", 0)])
        {
            Assert.Equal(runs, await RunsSeenAsync(server, tenant));
        }
    }

    private static async Task<(long Requests, long Reported, int Drones, string Tenant)> RunAsync(RedisServer server, string tenant, int drones)
    {
        using var shop = new Workshop().AddSample();
        await using var target = await TargetServer.StartAsync(ct: Ct);
        var swarm = new HostedSwarm(shop, server, tenant);
        using var host = swarm.Drones(drones);
        await host.StartAsync(Ct);
        var result = await swarm.Leader(
            $$"""
            {
              "package": "{{SamplePackages.Id}}@1.0.0",
              "target": "{{target.Http}}",
              "quorum": {{drones}},
              "scenarios": { "hello": { "load": [ { "rate": {{20 * drones}}, "for": "2s" } ], "maxUsers": 100 } },
              {{PlanText.WideLimits}}
            }
            """,
            "run-1").RunOrcaAsync(Ct);
        await host.StopAsync(Ct);

        Assert.True(result.ExitCode == ExitCode.Passed, string.Join('\n', result.Problems));
        Assert.All(swarm.Report().Drones, drone => Assert.True(drone.Started > 0));
        return (target.Read().Requests, result.Report!.Totals.Started, result.Report.Drones.Length, tenant);
    }

    private static async Task<int> RunsSeenAsync(RedisServer server, string tenant)
    {
        Assert.True(SwarmNames.Of(tenant, "default").TryGet(out var names, out _));
        await using var connection = new RedisConnection(
            new OwnedRedisSource(new RedisOptions { Endpoints = { server.Endpoint } }, "eye"),
            new(0, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30)),
            TimeProvider.System,
            new RunLog(),
            new Random(1));
        var reply = await new RedisSwarmMedium(connection, new RunLog()).ReadHashAsync(names.Runs, Ct);
        Assert.True(reply.Answered(out var runs));
        return runs.Count;
    }
}
