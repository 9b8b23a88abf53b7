using Orca.Results;

namespace Orca.Tests.Swarm;

/// <summary>A leader and three drones in processes of their own over a real redis-server.</summary>
public sealed class RedisSwarmTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_OnThreeDroneProcesses_TotalsEqualTheTargetsOwnLog()
    {
        await using var swarm = await ProcessSwarm.StartAsync(rate: 50, seconds: 4);
        HostProcess[] drones = [swarm.Drone("north"), swarm.Drone("south"), swarm.Drone("west")];
        var leader = swarm.Leader();

        var exitCode = await leader.ExitAsync(Ct);
        foreach (var drone in drones)
        {
            drone.Terminate();
        }

        Assert.True(exitCode == ExitCode.Passed, leader.Output);
        var report = swarm.Report();
        Assert.Equal(swarm.Planned, report.Totals.Started + report.Totals.Missed + report.Totals.Dropped);
        Assert.Equal(swarm.Target.Read().Requests, report.Totals.Started);
        Assert.Equal(["north", "south", "west"], report.Drones.Select(drone => drone.Id).Order());
        Assert.All(report.Drones, drone => Assert.True(drone is { Finished: true, Lost: false, Started: > 0 }));
        foreach (var drone in drones)
        {
            Assert.Equal(ExitCode.Passed, await drone.ExitAsync(Ct));
        }
    }

    [Fact]
    public async Task Run_ADroneIsAskedToStop_HandsItsSlotsOverAndNothingIsLost()
    {
        await using var swarm = await ProcessSwarm.StartAsync(rate: 50, seconds: 8);
        HostProcess[] drones = [swarm.Drone("north"), swarm.Drone("south"), swarm.Drone("west")];
        var leader = swarm.Leader();
        await swarm.LoadForAsync(2);

        drones[1].Terminate();
        var left = await drones[1].ExitAsync(Ct);
        var exitCode = await leader.ExitAsync(Ct);

        Assert.Equal(ExitCode.Passed, left);
        Assert.True(exitCode == ExitCode.Passed, leader.Output);
        var report = swarm.Report();
        Assert.Equal(swarm.Target.Read().Requests, report.Totals.Started);
        Assert.InRange(report.Totals.Started + report.Totals.Missed + report.Totals.Dropped, 0, swarm.Planned);
        Assert.Contains(report.Events, happened => happened.Kind == RunEventKind.DroneLost && happened.Text == "south leaves: it was asked to stop.");
        Assert.Contains(report.Events, happened => happened.Kind == RunEventKind.EpochChanged);
        Assert.True(report.Drones.Single(drone => drone.Id == "south").Finished);
    }

    [Fact]
    public async Task Run_AThresholdFails_TheLeaderEndsWithItsExitCode()
    {
        await using var swarm = await ProcessSwarm.StartAsync(rate: 30, seconds: 1, more: """ "thresholds": [ "hello count > 1000000" ],""");
        HostProcess[] drones = [swarm.Drone("north"), swarm.Drone("south"), swarm.Drone("west")];
        var leader = swarm.Leader();

        Assert.True(await leader.ExitAsync(Ct) == ExitCode.Failed, leader.Output);

        Assert.Equal(Verdict.Failed, swarm.Report().Verdict);
        Assert.Equal(swarm.Target.Read().Requests, swarm.Report().Totals.Started);
    }

    [Fact]
    public async Task Run_TheLeaderIsAskedToStop_DrainsAndReportsWhatThereIs()
    {
        await using var swarm = await ProcessSwarm.StartAsync(rate: 50, seconds: 60);
        HostProcess[] drones = [swarm.Drone("north"), swarm.Drone("south"), swarm.Drone("west")];
        var leader = swarm.Leader();
        await swarm.LoadForAsync(2);

        leader.Terminate();

        Assert.True(await leader.ExitAsync(Ct) == ExitCode.Aborted, leader.Output);
        Assert.Equal(Verdict.Aborted, swarm.Report().Verdict);
        Assert.Equal(swarm.Target.Read().Requests, swarm.Report().Totals.Started);
        await Task.WhenAll(drones.Select(drone => drone.SeenAsync("has finished run", Ct)));
    }
}
