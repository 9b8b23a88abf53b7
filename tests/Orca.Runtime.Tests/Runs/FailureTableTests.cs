using Orca.Plans;
using Orca.Results;
using Orca.Runs;
using Orca.Swarm.Documents;
using Orca.Tests.Simulation;

namespace Orca.Tests.Runs;

/// <summary>What fails, and what happens then: a test for each row of the protocol's failure table, in its order.</summary>
public sealed class FailureTableTests
{
    private readonly DrivenSwarm _swarm = new(new Weather(new Random(1), slowMs: 2, requestLoss: 0, answerLoss: 0, messageLoss: 0));

    [Fact]
    public async Task TooFewDronesWithinJoinTimeout_AbortsWithExitCode3_WhoJoined_AndWhyOthersDeclined()
    {
        _swarm.AddDrone("willing");
        _swarm.AddDrone("strict", new DronePolicy(["Other.*"]));

        var result = await _swarm.LeadToItsEndAsync(DrivenSwarm.Plan(2));

        Assert.Equal(3, result.ExitCode);
        var problem = Assert.Single(result.Problems).ToString();
        Assert.Contains("1 of 2 drones joined within 120 s (willing)", problem, StringComparison.Ordinal);
        Assert.Contains("strict: AllowedPackages (Other.*) does not allow Driven.Tests", problem, StringComparison.Ordinal);
        Assert.Empty(_swarm.Workers.Starts);
    }

    [Fact]
    public async Task SetUpThrowsOnADrone_ItIsDroppedBeforeTheStart()
    {
        _swarm.AddDrones(3);
        _swarm.Workers.FailsToSetUp = drone => drone == "drone-2" ? new Problem("Set-up threw.") : null;

        var result = await _swarm.LeadToItsEndAsync(TwoOrThree());

        Assert.Equal(ExitCode.Passed, result.ExitCode);
        AssertDropped(result, "drone-2", "Set-up threw.");
    }

    [Fact]
    public async Task SetUpHangsOnADrone_ItIsDroppedBeforeTheStart()
    {
        _swarm.AddDrones(3);
        var never = new TaskCompletionSource();
        _swarm.Workers.WhileSettingUp = (drone, _) => drone == "drone-2" ? never.Task : Task.CompletedTask;

        var result = await _swarm.LeadToItsEndAsync(TwoOrThree());

        Assert.Equal(ExitCode.Passed, result.ExitCode);
        AssertDropped(result, "drone-2", "was not done within 60 s");
    }

    [Fact]
    public async Task ADroneDiesBetweenJoinAndArmed_ItIsDroppedBeforeTheStart()
    {
        _swarm.AddDrones(3);
        _swarm.Workers.WhileSettingUp = (drone, _) =>
        {
            if (drone == "drone-2")
            {
                _swarm.Drones[drone].Kill();
            }

            return Task.CompletedTask;
        };

        var result = await _swarm.LeadToItsEndAsync(TwoOrThree());

        Assert.Equal(ExitCode.Passed, result.ExitCode);
        AssertDropped(result, "drone-2", "was not ready in time");
    }

    [Fact]
    public async Task ADroneDiesWhileRunning_Redistribute_ItsSlotsGoToTheOthers_TheReportMarksTheGap_AndWhatItHadPutCounts()
    {
        var result = await LoseADroneAsync(LostDronePolicy.Redistribute, drone => drone.Kill());

        var before = Starts("drone-2");
        AssertMarked(result, before);

        // From 6 s after the loss on every arrival is started again, by the others.
        var later = _swarm.Workers.Starts.Where(start => start.Due > before[^1].At + TimeSpan.FromSeconds(6)).Select(start => start.Number).Order().ToList();
        Assert.Equal(Enumerable.Range(0, later.Count).Select(i => later[0] + i), later);
        Assert.Equal(1_999, later[^1]);
    }

    [Fact]
    public async Task ADroneFreezesWhileRunning_Redistribute_ItStaysOutOfTheRun_AndWhatItHadDoneCounts()
    {
        var result = await LoseADroneAsync(LostDronePolicy.Redistribute, drone =>
        {
            drone.Freeze();
            _swarm.World.Time.After(TimeSpan.FromSeconds(8), drone.Thaw);
        });

        var before = Starts("drone-2");
        Assert.Contains(_swarm.Document().Roster, entry => entry is { Drone: "drone-2", State: RosterState.Lost });
        Assert.Equal(before.Count, result.Report!.Drones.Single(drone => drone.Id == "drone-2").Started);
        Assert.Equal(_swarm.Workers.Starts.Count, _swarm.Workers.Starts.Select(start => start.Number).Distinct().Count());
    }

    [Fact]
    public async Task ADroneDiesWhileRunning_Continue_TheRestGoesOnWithWhatIsTheirs()
    {
        var result = await LoseADroneAsync(LostDronePolicy.Continue, drone => drone.Kill());

        AssertMarked(result, Starts("drone-2"));
        Assert.Empty(_swarm.Document().Shares.Where(share => share.Epoch > 0));
        Assert.All(_swarm.Workers.Starts.Where(start => start.Drone != "drone-2"), start => Assert.NotEqual(1, start.Number % 192 % 3));
        Assert.Contains(_swarm.Workers.Starts, start => start.Number >= 1_990);
    }

    [Fact]
    public async Task ADroneDiesWhileRunning_Abort_TheLoadEnds()
    {
        var result = await LoseADroneAsync(LostDronePolicy.Abort, drone => drone.Kill());

        Assert.Equal(ExitCode.Aborted, result.ExitCode);
        Assert.Contains("drone-2 is lost, and the plan says onDroneLost: abort.", Assert.Single(result.Report!.Reasons, reason => reason.Verdict == Verdict.Aborted).Text, StringComparison.Ordinal);
        Assert.InRange(_swarm.Workers.Starts.Max(start => start.At), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(12));
    }

    [Fact]
    public async Task ADroneIsRestarted_ItIsANewIncarnationThatTakesNoPartInThisRun()
    {
        var result = await LoseADroneAsync(LostDronePolicy.Redistribute, drone =>
        {
            drone.Kill();
            _swarm.World.Time.After(TimeSpan.FromSeconds(1), () => _swarm.AddDrone("drone-2"));
        });

        Assert.Single(_swarm.Workers.Starts.Where(start => start.Drone == "drone-2").Select(start => start.Life).Distinct());
        Assert.Contains(result.Report!.Events, happened => happened is { Kind: RunEventKind.DroneLost, Text: "drone-2 was restarted." });

        // The old one is lost as soon as the new one is seen, not after 4.5 s.
        var lostAt = result.Report.Events.Single(happened => happened.Kind == RunEventKind.DroneLost).RunTime!.Value;
        Assert.InRange(lostAt - Starts("drone-2")[^1].At, TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task ADroneLosesTheMedium_ItGoesOnWhileItsRightLasts_ThenPauses()
    {
        var cutAt = TimeSpan.Zero;
        await LoseADroneAsync(LostDronePolicy.Redistribute, drone =>
        {
            cutAt = _swarm.Workers.Starts[^1].At;
            drone.IsCutOff = true;
        });

        // Its right runs from its last acknowledged heartbeat, half a second ago at most.
        Assert.InRange(Starts("drone-2")[^1].At - cutAt, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task AllLoseTheMedium_TheyPauseAndResumeAtTheCurrentRunTime_WhatWasDueMeanwhileIsMissed()
    {
        _swarm.AddDrones(3);
        var (_, result, leader) = _swarm.Lead(DrivenSwarm.Plan(3, seconds: 30));
        Assert.True(_swarm.World.Run(() => _swarm.Workers.Starts.Count >= 500, TimeSpan.FromMinutes(1)));

        SimulatedProcess[] all = [.. _swarm.Drones.Values, leader];
        foreach (var process in all)
        {
            process.IsCutOff = true;
        }

        _swarm.World.Run(() => false, TimeSpan.FromSeconds(9));
        foreach (var process in all)
        {
            process.IsCutOff = false;
        }

        var ended = await _swarm.World.RunAsync(result, TimeSpan.FromMinutes(2));

        var totals = ended.Report!.Totals;
        Assert.DoesNotContain(_swarm.Document().Roster, entry => entry.State == RosterState.Lost);
        Assert.Equal(_swarm.Workers.Starts.Count, totals.Started);
        Assert.InRange(totals.Missed, 300, 700);
        Assert.Equal(3_000, totals.Started + totals.Missed);
    }

    [Fact]
    public async Task TheLeaderDies_DronesGoOn_AndAStandByTakesOverWithTheSameTotals()
    {
        var result = await KillTheLeaderAsync(standByAfter: TimeSpan.Zero);

        Assert.Equal(ExitCode.Passed, result.ExitCode);
        Assert.Equal(4_000, result.Report!.Totals.Finished);
        Assert.Equal(4_000, _swarm.Workers.Starts.Select(start => start.Number).Distinct().Count());
        Assert.Equal(2, _swarm.Document().Fencing);
    }

    [Fact]
    public async Task TheLeaderDies_WithNobody_FinalSnapshotsStay_AndResumeStillMakesTheReport()
    {
        // The load is over and the drones have given up on a leader by then.
        var result = await KillTheLeaderAsync(standByAfter: TimeSpan.FromMinutes(3));

        Assert.Equal(4_000, _swarm.Workers.Starts.Count);
        Assert.Equal(4_000, result.Report!.Totals.Finished);
        Assert.Equal(ExitCode.Passed, result.ExitCode);
    }

    [Fact]
    public async Task TwoLeadersForOneRun_TheFencingNumberDecides_TheOtherStopsAndSaysSo()
    {
        _swarm.AddDrones(2);
        var (_, first, leader) = _swarm.Lead(DrivenSwarm.Plan(2, seconds: 60));
        var (second, _) = _swarm.StandBy("standby");
        Assert.True(_swarm.World.Run(() => _swarm.Workers.Starts.Count >= 500, TimeSpan.FromMinutes(1)));

        // Frozen for longer than its lease lasts: when it wakes up it still believes that it leads.
        leader.Freeze();
        Assert.True(_swarm.World.Run(() => _swarm.Document().Fencing == 2, TimeSpan.FromMinutes(1)));
        leader.Thaw();
        var stopped = await _swarm.World.RunAsync(first, TimeSpan.FromMinutes(1));
        var ended = await _swarm.World.RunAsync(second, TimeSpan.FromMinutes(3));

        Assert.Equal((ExitCode.Aborted, null), (stopped.ExitCode, stopped.Report));
        Assert.Contains("Another leader has taken over run run-1; this one stops.", Assert.Single(stopped.Problems).ToString(), StringComparison.Ordinal);
        Assert.Equal(6_000, ended.Report!.Totals.Finished);
    }

    [Fact]
    public async Task TheMediumIsWiped_EveryonePutsBackWhatItOwns_TotalsStayExact()
    {
        _swarm.AddDrones(3);
        var (_, result, _) = _swarm.Lead(DrivenSwarm.Plan(3, seconds: 20));
        for (var starts = 300; starts <= 1_800; starts += 500)
        {
            Assert.True(_swarm.World.Run(() => _swarm.Workers.Starts.Count >= starts, TimeSpan.FromMinutes(1)));
            _swarm.Store.Wipe();
        }

        var ended = await _swarm.World.RunAsync(result, TimeSpan.FromMinutes(1));

        Assert.Equal(ExitCode.Passed, ended.ExitCode);
        Assert.Equal(2_000, ended.Report!.Totals.Finished);
        Assert.DoesNotContain(_swarm.Document().Roster, entry => entry.State == RosterState.Lost);
    }

    private static RunPlan TwoOrThree() => DrivenSwarm.Plan(2) with { Quorum = new Quorum(2, 3, TimeSpan.FromSeconds(5)) };

    private List<SimulatedWorkers.Start> Starts(string drone) => [.. _swarm.Workers.Starts.Where(start => start.Drone == drone)];

    private async Task<RunResult> LoseADroneAsync(LostDronePolicy policy, Action<SimulatedProcess> lose)
    {
        _swarm.AddDrones(3);
        var (_, result, _) = _swarm.Lead(DrivenSwarm.Plan(3, seconds: 20) with { OnDroneLost = policy });
        Assert.True(_swarm.World.Run(() => _swarm.Workers.Starts.Count >= 550, TimeSpan.FromMinutes(1)));
        lose(_swarm.Drones["drone-2"]);
        return await _swarm.World.RunAsync(result, TimeSpan.FromMinutes(3));
    }

    private async Task<RunResult> KillTheLeaderAsync(TimeSpan standByAfter)
    {
        _swarm.AddDrones(3);
        var (_, _, leader) = _swarm.Lead(DrivenSwarm.Plan(3, seconds: 40));
        Assert.True(_swarm.World.Run(() => _swarm.Workers.Starts.Count >= 500, TimeSpan.FromMinutes(1)));
        leader.Kill();
        _swarm.World.Run(() => false, standByAfter);
        return await _swarm.World.RunAsync(_swarm.StandBy("standby").Result, TimeSpan.FromMinutes(3));
    }

    private void AssertDropped(RunResult result, string drone, string why)
    {
        Assert.Contains(_swarm.Document().Roster, entry => entry.Drone == drone && entry.State == RosterState.Dropped);
        Assert.Contains(result.Report!.Events, happened => happened.Kind == RunEventKind.DroneDropped && happened.Drone == drone && happened.Text.Contains(why, StringComparison.Ordinal));
        Assert.DoesNotContain(_swarm.Workers.Starts, start => start.Drone == drone);
        Assert.Equal(1_000, result.Report.Totals.Finished);
    }

    // What the lost drone had put counts, up to its last second; what is missing has a name, the drone and the seconds.
    private void AssertMarked(RunResult result, List<SimulatedWorkers.Start> done)
    {
        var report = result.Report!;
        var reported = report.Drones.Single(drone => drone.Id == "drone-2");
        Assert.InRange(reported.Started, done.Count - 40, done.Count);
        Assert.False(reported.Finished);
        Assert.Contains(report.Events, happened => happened is { Kind: RunEventKind.DroneLost, Drone: "drone-2" });
        var gap = report.Completeness.Scenarios.Single();
        Assert.Equal(2_000, gap.ArrivalsStarted + gap.Missed + gap.Dropped + gap.ArrivalsUnaccounted);
        Assert.InRange(gap.ArrivalsUnaccounted, 100, 700);
        Assert.Contains(report.Reasons, reason => reason.Cause == InvalidCause.DroneLost && reason.Drones.Contains("drone-2"));
        Assert.Equal(Verdict.Invalid, report.Verdict);
    }
}
