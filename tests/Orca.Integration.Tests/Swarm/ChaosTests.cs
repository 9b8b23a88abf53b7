using Orca.Results;
using Orca.TestKit;
using Orca.TestKit.Servers;

namespace Orca.Tests.Swarm;

/// <summary>Everything that can happen to a swarm of processes while the load runs; the figures stand in docs/reliability.md.</summary>
public sealed class ChaosTests
{
    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Drone_Killed_TheOthersTakeItsSlots()
    {
        await using var swarm = await BeginAsync();
        var (drones, leader) = await LoadAsync(swarm);

        await drones[1].KillAsync();

        (await EndAsync(swarm, leader)).AssertExactButForTheLastSnapshot().Tell("`kill -9` a drone");
    }

    [Fact]
    public async Task TestsChild_Killed_TheOthersTakeItsSlotsAndTheDroneStays()
    {
        await using var swarm = await BeginAsync();
        var (drones, leader) = await LoadAsync(swarm);

        await drones[1].KillChildAsync();

        var outcome = (await EndAsync(swarm, leader)).AssertExactButForTheLastSnapshot();
        outcome.Tell("`kill -9` a test's child");
        Assert.Contains(outcome.Report.Events, happened => happened.Kind == RunEventKind.DroneLost && happened.Text.StartsWith("south failed: ", StringComparison.Ordinal));
        Assert.Equal(2, drones[1].Output.Split("Drone south is idle").Length - 1);
        drones[1].Terminate();
        Assert.Equal(ExitCode.Passed, await drones[1].ExitAsync(Ct));
    }

    [Fact]
    public async Task Leader_KilledAndStartedAgain_TheReportIsWhole()
    {
        await using var swarm = await BeginAsync(seconds: 30);
        var (_, leader) = await LoadAsync(swarm);

        await leader.KillAsync();

        (await EndAsync(swarm, swarm.Leader(null, ("Orca:Mode", "Resume")))).AssertExact().Tell("`kill -9` the leader, start it again with `Mode` `Resume`");
    }

    [Fact]
    public async Task Leader_KilledWithAStandby_TheReportIsWhole()
    {
        await using var swarm = await BeginAsync(seconds: 30);
        var standby = swarm.Leader(null, ("Orca:Mode", "StandBy"));
        var (_, leader) = await LoadAsync(swarm);

        await leader.KillAsync();

        (await EndAsync(swarm, standby)).AssertExact().Tell("`kill -9` the leader, with a standby running");
    }

    [Fact]
    public async Task Drone_FrozenForTenSeconds_TheOthersTakeItsSlots()
    {
        await using var swarm = await BeginAsync();
        var (drones, leader) = await LoadAsync(swarm);

        drones[1].Freeze();
        await Task.Delay(TenSeconds, Ct);
        drones[1].Thaw();

        (await EndAsync(swarm, leader)).AssertExact().Tell("`SIGSTOP` a drone for 10 s");
    }

    [Fact]
    public async Task Redis_FrozenForTenSeconds_TheLoadPausesAndGoesOn()
    {
        await using var swarm = await BeginAsync(seconds: 25);
        var (_, leader) = await LoadAsync(swarm);

        swarm.Server.Freeze();
        await Task.Delay(TenSeconds, Ct);
        swarm.Server.Thaw();

        (await EndAsync(swarm, leader)).AssertExact().Tell("`SIGSTOP` Redis for 10 s");
    }

    [Fact]
    public async Task Redis_KilledAndStartedEmpty_EverythingIsPutBack()
    {
        await using var swarm = await BeginAsync();
        var (_, leader) = await LoadAsync(swarm);

        await swarm.Server.KillAsync();
        await swarm.Server.RestartAsync();

        (await EndAsync(swarm, leader)).AssertExact().Tell("`kill -9` Redis and start it empty");
    }

    [Fact]
    public async Task Redis_Flushed_EverythingIsPutBack()
    {
        await using var swarm = await BeginAsync();
        var (_, leader) = await LoadAsync(swarm);

        Assert.Equal("+OK", await swarm.Server.CommandAsync("FLUSHALL"));

        (await EndAsync(swarm, leader)).AssertExact().Tell("`FLUSHALL`");
    }

    [Fact]
    public async Task Drone_CutOffForEightSeconds_TheOthersTakeItsSlots()
    {
        await using var swarm = await BeginAsync(seconds: 25);
        var proxy = swarm.Proxy();
        var (_, leader) = await LoadAsync(swarm, proxy.Endpoint);

        proxy.Cut();
        await Task.Delay(TimeSpan.FromSeconds(8), Ct);
        proxy.Mend();

        (await EndAsync(swarm, leader)).AssertExact().Tell("one drone cut off Redis for 8 s");
    }

    [Fact]
    public async Task Connections_SlowAndReset_TheReportIsWhole()
    {
        await using var swarm = await BeginAsync(seconds: 30);
        TcpProxy[] proxies = [swarm.Proxy(), swarm.Proxy(), swarm.Proxy(), swarm.Proxy()];
        var (_, leader) = await LoadAsync(swarm, proxies[0].Endpoint, proxies[1].Endpoint, proxies[2].Endpoint, proxies[3].Endpoint);

        foreach (var proxy in proxies)
        {
            (proxy.Latency, proxy.Resets) = (TimeSpan.FromMilliseconds(200), 0.05);
        }

        (await EndAsync(swarm, leader)).AssertExact().Tell("200 ms latency each way and 5 % resets on every connection");
    }

    [Fact]
    public async Task Everything_InARow_TheReportIsWhole()
    {
        await using var swarm = await BeginAsync(rate: 40, seconds: 100);
        var proxy = swarm.Proxy();
        var standby = swarm.Leader(null, ("Orca:Mode", "StandBy"));
        var (drones, leader) = await LoadAsync(swarm, proxy.Endpoint);

        await swarm.Server.CommandAsync("FLUSHALL");
        await swarm.LoadForAsync(3);
        await swarm.Server.KillAsync();
        await swarm.Server.RestartAsync();
        await swarm.LoadForAsync(3);
        swarm.Server.Freeze();
        await Task.Delay(TenSeconds, Ct);
        swarm.Server.Thaw();
        await swarm.LoadForAsync(3);
        proxy.Cut();
        await Task.Delay(TimeSpan.FromSeconds(8), Ct);
        proxy.Mend();
        await swarm.LoadForAsync(3);
        await leader.KillAsync();
        await standby.SeenAsync("takes over", Ct);
        await swarm.LoadForAsync(3);
        await drones[2].KillAsync();

        (await EndAsync(swarm, standby)).AssertExactButForTheLastSnapshot().Tell("all of these in a row");
    }

    private static async Task<ProcessSwarm> BeginAsync(int rate = 60, int seconds = 20)
    {
        LongTest.Require();
        return await ProcessSwarm.StartAsync(rate, seconds);
    }

    // Three drones and a leader, four seconds into the load; the first drone comes by the first endpoint, and so on.
    private static async Task<(HostProcess[] Drones, HostProcess Leader)> LoadAsync(ProcessSwarm swarm, params string[] endpoints)
    {
        string? Endpoint(int number) => number < endpoints.Length ? endpoints[number] : null;
        HostProcess[] drones = [swarm.Drone("north", Endpoint(0)), swarm.Drone("south", Endpoint(1)), swarm.Drone("west", Endpoint(2))];
        var leader = swarm.Leader(Endpoint(3));
        await swarm.LoadForAsync(4);
        return (drones, leader);
    }

    private static async Task<ChaosOutcome> EndAsync(ProcessSwarm swarm, HostProcess leader)
    {
        var exitCode = await leader.ExitAsync(Ct);
        Assert.True(exitCode is ExitCode.Passed or ExitCode.Invalid, $"{exitCode}\n{leader.Output}");
        return ChaosOutcome.Of(swarm).AssertNeverTooMuch();
    }
}
