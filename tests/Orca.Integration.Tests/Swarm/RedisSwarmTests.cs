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
    public async Task Run_DroneProcessesThatShareACache_AllInstallAndRepairIt()
    {
        await using var swarm = await ProcessSwarm.StartAsync(rate: 50, seconds: 2);
        var folder = Path.Combine(swarm.Folder, "shared");
        var cache = ("Orca:Cache", folder);
        _ = (HostProcess[])[swarm.Drone("north", null, cache), swarm.Drone("south", null, cache), swarm.Drone("west", null, cache)];
        var leader = swarm.Leader();

        var exitCode = await leader.ExitAsync(Ct);

        Assert.True(exitCode == ExitCode.Passed, leader.Output);
        Assert.All(swarm.Report().Drones, drone => Assert.True(drone is { Finished: true, Lost: false, Started: > 0 }));

        var files = Directory.GetFiles(folder, "*.dll", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            await File.WriteAllTextAsync(file, "damage", Ct);
        }

        var again = swarm.Leader(null, ("Orca:RunId", "run-2"), ("Orca:Out", Path.Combine(swarm.Folder, "reports-2")));

        Assert.True(await again.ExitAsync(Ct) == ExitCode.Passed, again.Output);
        Assert.All(files, file => Assert.NotEqual("damage".Length, new FileInfo(file).Length));
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

    private static async Task<int> TestProcessOfAsync(HostProcess drone) =>
        int.Parse((await drone.SeenAsync(" has process ", Ct)).Split(" has process ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
}
