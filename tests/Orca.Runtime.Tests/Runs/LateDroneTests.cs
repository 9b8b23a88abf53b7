using Orca.Runs;
using Orca.Swarm.Documents;
using Orca.Tests.Simulation;

namespace Orca.Tests.Runs;

/// <summary>A drone that was out of touch as the load began hears of it late.</summary>
public sealed class LateDroneTests
{
    private readonly DrivenSwarm _swarm = new(new Weather(new Random(1), slowMs: 2, requestLoss: 0, answerLoss: 0, messageLoss: 0));

    [Fact]
    public async Task WhileTheLoadDrains_ItHandsInItsPart_AndNobodyWaitsForItInVain()
    {
        _swarm.AddDrones(2);
        var (_, result, _) = _swarm.Lead(DrivenSwarm.Plan(2, seconds: 1));
        CutOffAtTheStart("drone-2");
        Assert.True(_swarm.World.Run(() => _swarm.Document().Phase == RunPhase.Draining, TimeSpan.FromMinutes(1)));
        _swarm.Drones["drone-2"].IsCutOff = false;

        // Long before the leader's patience with drones that do not finish is over.
        var ended = await _swarm.World.RunAsync(result, TimeSpan.FromSeconds(5));

        var late = ended.Report!.Drones.Single(drone => drone.Id == "drone-2");
        Assert.Equal((true, 50L), (late.Finished, late.Started + late.Missed));
        Assert.Equal(0, ended.Report.Completeness.Scenarios.Single().ArrivalsUnaccounted);
    }

    [Fact]
    public async Task OnceSlotsOfALostDroneWereDealt_ItTakesItsPartOfThem()
    {
        _swarm.AddDrones(3);
        var (_, result, _) = _swarm.Lead(DrivenSwarm.Plan(3, seconds: 20));
        CutOffAtTheStart("drone-1");
        _swarm.Drones["drone-3"].Kill();
        _swarm.AddDrone("drone-3");
        Assert.True(_swarm.World.Run(() => _swarm.Document().Shares.Length > 3, TimeSpan.FromSeconds(4)));
        _swarm.Drones["drone-1"].IsCutOff = false;
        await _swarm.World.RunAsync(result, TimeSpan.FromMinutes(1));

        var later = _swarm.Workers.Starts.Where(start => start.Due > TimeSpan.FromSeconds(7)).Select(start => start.Number).Order().ToList();
        Assert.Equal(Enumerable.Range(0, later.Count).Select(i => later[0] + i), later);
        Assert.Equal(1_999, later[^1]);
    }

    [Fact]
    public async Task WhileTheSwarmIsTornDown_WhatItHandsInStillCounts()
    {
        _swarm.AddDrones(2);
        var late = new TaskCompletionSource();
        _swarm.Workers.WhileTearingDown = drone => drone == "drone-2" ? late.Task : Task.CompletedTask;
        var (_, result, _) = _swarm.Lead(DrivenSwarm.Plan(2, seconds: 1));

        // The leader's patience is over, but who is to tear the swarm down does not answer yet.
        Assert.True(_swarm.World.Run(() => _swarm.IsAnnounced && _swarm.Document().SwarmTearsDown, TimeSpan.FromMinutes(1)));
        _swarm.Drones["drone-1"].Freeze();
        _swarm.World.Time.After(TimeSpan.FromSeconds(3), _swarm.Drones["drone-1"].Thaw);
        late.SetResult();
        var ended = await _swarm.World.RunAsync(result, TimeSpan.FromSeconds(10));

        Assert.All(ended.Report!.Drones, drone => Assert.Equal((true, 50L), (drone.Finished, drone.Started + drone.Missed)));
    }

    private void CutOffAtTheStart(string drone)
    {
        Assert.True(_swarm.World.Run(() => _swarm.IsAnnounced && _swarm.Document().Phase == RunPhase.Running, TimeSpan.FromMinutes(1)));
        _swarm.Drones[drone].IsCutOff = true;
    }
}
