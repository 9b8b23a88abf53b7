using System.Diagnostics;
using System.Globalization;
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
    public async Task Run_TheProcessOfADronesTestIsKilled_TheOthersTakeItsSlotsAndTheDroneStays()
    {
        await using var swarm = await ProcessSwarm.StartAsync(rate: 50, seconds: 8);
        HostProcess[] drones = [swarm.Drone("north"), swarm.Drone("south", null, ("Logging:LogLevel:Orca", "Debug")), swarm.Drone("west")];
        var leader = swarm.Leader();
        using var process = Process.GetProcessById(await TestProcessOfAsync(drones[1]));
        await swarm.LoadForAsync(2);

        process.Kill();
        var exitCode = await leader.ExitAsync(Ct);

        Assert.True(exitCode == ExitCode.Passed, leader.Output);
        var report = swarm.Report();
        var lost = Assert.Single(report.Events, happened => happened.Kind == RunEventKind.DroneLost);
        Assert.Equal("south", lost.Drone);
        Assert.Contains(OperatingSystem.IsWindows() ? "exit code" : "exit code 137", lost.Text, StringComparison.Ordinal);
        Assert.InRange(report.Totals.Started, 1, swarm.Target.Read().Requests);
        Assert.InRange(swarm.Target.Read().Requests, 1, swarm.Planned);
        drones[1].Terminate();
        Assert.Equal(ExitCode.Passed, await drones[1].ExitAsync(Ct));
    }

    [Fact]
    public async Task Run_ADroneIsKilled_TheProcessOfItsTestEndsWithIt()
    {
        await using var swarm = await ProcessSwarm.StartAsync(rate: 50, seconds: 60);
        HostProcess[] drones = [swarm.Drone("north"), swarm.Drone("south", null, ("Logging:LogLevel:Orca", "Debug")), swarm.Drone("west")];
        swarm.Leader();
        using var process = Process.GetProcessById(await TestProcessOfAsync(drones[1]));
        await swarm.LoadForAsync(1);

        await drones[1].KillAsync();

        await process.WaitForExitAsync(Ct).WaitAsync(TimeSpan.FromSeconds(60), Ct);
    }

    [Fact]
    public async Task Run_DroneProcessesThatShareACache_AllInstallAndRun()
    {
        await using var swarm = await ProcessSwarm.StartAsync(rate: 50, seconds: 2);
        var cache = ("Orca:Cache", Path.Combine(swarm.Folder, "shared"));
        _ = (HostProcess[])[swarm.Drone("north", null, cache), swarm.Drone("south", null, cache), swarm.Drone("west", null, cache)];
        var leader = swarm.Leader();

        var exitCode = await leader.ExitAsync(Ct);

        Assert.True(exitCode == ExitCode.Passed, leader.Output);
        Assert.All(swarm.Report().Drones, drone => Assert.True(drone is { Finished: true, Lost: false, Started: > 0 }));
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

    private static async Task<int> TestProcessOfAsync(HostProcess drone) =>
        int.Parse((await drone.SeenAsync(" has process ", Ct)).Split(" has process ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
}
