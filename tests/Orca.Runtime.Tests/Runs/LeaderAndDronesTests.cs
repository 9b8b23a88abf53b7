using System.Globalization;
using Orca.Plans;
using Orca.Results;
using Orca.Runs;
using Orca.Swarm.Documents;
using Orca.Tests.Simulation;

namespace Orca.Tests.Runs;

/// <summary>The whole protocol on the happy path and on the paths beside it, in memory, under a driven clock.</summary>
public sealed class LeaderAndDronesTests
{
    private readonly DrivenSwarm _swarm = new();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task Run_WithAQuorum_StartsEveryArrivalOnceAndReportsIt(int drones)
    {
        _swarm.AddDrones(drones);

        var result = await _swarm.LeadToItsEndAsync(DrivenSwarm.Plan(drones));

        Assert.Empty(result.Problems);
        Assert.Equal(ExitCode.Passed, result.ExitCode);
        Assert.Equal(1_000, result.Report!.Totals.Finished);
        Assert.Equal(Enumerable.Range(0, 1_000).Select(number => (long)number), _swarm.Workers.Starts.Select(start => start.Number).Order());
        Assert.Equal(drones, _swarm.Workers.Starts.Select(start => start.Drone).Distinct().Count());
        Assert.All(_swarm.Workers.Starts, start => Assert.True(start.At >= start.Due));
        Assert.Equal(RunPhase.Completed, _swarm.Document().Phase);
    }

    [Fact]
    public async Task Run_Twice_UsesTheSameDronesAgain()
    {
        _swarm.AddDrones(2);
        Assert.Equal(ExitCode.Passed, (await _swarm.LeadToItsEndAsync(DrivenSwarm.Plan(2))).ExitCode);

        // The same run id again would be the same run: a later one has another.
        Assert.Equal(2, _swarm.Workers.Places.Count);
        Assert.Equal(["drone-1"], _swarm.Workers.SwarmSetUps);
        Assert.Equal(["drone-1"], _swarm.Workers.SwarmTearDowns);
    }

    [Fact]
    public async Task Run_MoreDronesThanTheQuorumTakes_LeavesTheRestIdle()
    {
        _swarm.AddDrones(5);

        var result = await _swarm.LeadToItsEndAsync(DrivenSwarm.Plan(2));

        Assert.Equal(ExitCode.Passed, result.ExitCode);
        Assert.Equal(2, _swarm.Document().Roster.Length);
        Assert.Equal(1_000, _swarm.Workers.Starts.Count);
    }

    [Fact]
    public async Task Run_TooFewDrones_IsAbortedAndSaysWhoJoinedAndWhoDeclined()
    {
        _swarm.AddDrone("willing");
        _swarm.AddDrone("strict", new DronePolicy(["Other.*"]));

        var result = await _swarm.LeadToItsEndAsync(DrivenSwarm.Plan(2));

        Assert.Equal(ExitCode.Aborted, result.ExitCode);
        Assert.Equal(Verdict.Aborted, result.Report!.Verdict);
        var problem = Assert.Single(result.Problems).ToString();
        Assert.Contains("1 of 2 drones joined within 120 s (willing)", problem, StringComparison.Ordinal);
        Assert.Contains("strict: AllowedPackages (Other.*) does not allow Driven.Tests", problem, StringComparison.Ordinal);
        Assert.Equal(RunPhase.Aborted, _swarm.Document().Phase);
        Assert.Empty(_swarm.Workers.Starts);
    }

    [Fact]
    public async Task Run_OneDroneCannotPrepare_ADroneThatCanTakesItsPlace()
    {
        _swarm.AddDrones(3);
        _swarm.Workers.RefusesToPrepare = drone => drone == "drone-1" ? new Problem("The package could not be loaded.") : null;

        var result = await _swarm.LeadToItsEndAsync(DrivenSwarm.Plan(2));

        Assert.Equal(ExitCode.Passed, result.ExitCode);
        Assert.DoesNotContain(_swarm.Workers.Starts, start => start.Drone == "drone-1");
    }

    [Fact]
    public async Task Run_SetUpFailsOnOneOfMoreThanTheQuorum_TheOthersCarryItAll()
    {
        _swarm.AddDrones(3);
        _swarm.Workers.FailsToSetUp = drone => drone == "drone-2" ? new Problem("Set-up threw.") : null;

        var result = await _swarm.LeadToItsEndAsync(DrivenSwarm.Plan(2) with { Quorum = new Quorum(2, 3, TimeSpan.FromSeconds(5)) });

        Assert.Equal(ExitCode.Passed, result.ExitCode);
        Assert.Equal(["drone-1", "drone-3"], _swarm.Workers.Starts.Select(start => start.Drone).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(1_000, _swarm.Workers.Starts.Select(start => start.Number).Distinct().Count());
        Assert.Contains(_swarm.Document().Roster, entry => entry is { Drone: "drone-2", State: RosterState.Dropped });
    }

    [Fact]
    public async Task Run_SetUpFailsBelowTheQuorum_IsAbortedWithTheReason()
    {
        _swarm.AddDrones(2);
        _swarm.Workers.FailsToSetUp = drone => drone == "drone-2" ? new Problem("Set-up threw.") : null;

        var result = await _swarm.LeadToItsEndAsync(DrivenSwarm.Plan(2));

        Assert.Equal(ExitCode.Aborted, result.ExitCode);
        Assert.Contains("drone-2: Set-up threw.", Assert.Single(result.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SetUpHangs_IsGivenUpAfterSetUpTimeout()
    {
        _swarm.AddDrones(2);
        var never = new TaskCompletionSource();
        _swarm.Workers.WhileSettingUp = (drone, _) => drone == "drone-1" ? never.Task : Task.CompletedTask;

        var result = await _swarm.LeadToItsEndAsync(DrivenSwarm.Plan(2));

        Assert.Equal(ExitCode.Aborted, result.ExitCode);
        Assert.Contains("was not done within 60 s", Assert.Single(result.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_TearDownFailsOnADrone_TheNumbersStandAndTheReportTells()
    {
        _swarm.AddDrones(2);
        _swarm.Workers.FailsToTearDown = drone => drone == "drone-2" ? new Problem("Tear-down threw.") : null;

        var result = await _swarm.LeadToItsEndAsync(DrivenSwarm.Plan(2));

        Assert.Equal(ExitCode.Passed, result.ExitCode);
        Assert.Equal(1_000, result.Report!.Totals.Finished);
        var failed = Assert.Single(result.Report.Events, happened => happened.Kind == RunEventKind.DroneFailed);
        Assert.Equal("drone-2", failed.Drone);
        Assert.Contains("Tear-down threw.", failed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RequestStop_WhileRunning_DrainsAndReportsWhatThereIs()
    {
        _swarm.AddDrones(2);
        var (leader, result, _) = _swarm.Lead(DrivenSwarm.Plan(2));
        Assert.True(_swarm.World.Run(() => _swarm.Workers.Starts.Count >= 300, TimeSpan.FromMinutes(1)));

        leader.RequestStop("a test asks", interrupted: false);
        var ended = await _swarm.World.RunAsync(result, TimeSpan.FromMinutes(1));

        Assert.Equal(ExitCode.Aborted, ended.ExitCode);
        Assert.Equal(_swarm.Workers.Starts.Count, ended.Report!.Totals.Finished);
        Assert.InRange(_swarm.Workers.Starts.Count, 300, 600);
    }

    [Fact]
    public async Task Run_MembersClosed_StartTogetherAtTheSameInstant()
    {
        _swarm.AddDrones(3);
        await _swarm.LeadToItsEndAsync(DrivenSwarm.Plan(3));

        var firsts = _swarm.Workers.Starts.GroupBy(start => start.Drone).Select(group => group.Min(start => start.At)).ToList();
        Assert.All(firsts, first => Assert.InRange(first, TimeSpan.Zero, TimeSpan.FromMilliseconds(40)));
    }

    [Fact]
    public async Task Run_ADroneDies_ItsSlotsGoToTheOthersAndNothingIsStartedTwice()
    {
        _swarm.AddDrones(3);
        var (_, result, _) = _swarm.Lead(DrivenSwarm.Plan(3, seconds: 20));
        Assert.True(_swarm.World.Run(() => _swarm.Workers.Starts.Count >= 500, TimeSpan.FromMinutes(1)));

        _swarm.Drones["drone-2"].Kill();
        var ended = await _swarm.World.RunAsync(result, TimeSpan.FromMinutes(2));

        var starts = _swarm.Workers.Starts;
        Assert.Equal(starts.Count, starts.Select(start => start.Number).Distinct().Count());
        Assert.Contains(_swarm.Document().Roster, entry => entry is { Drone: "drone-2", State: RosterState.Lost });

        // Back at the plan 6 s after the loss: from there on every arrival is started by one of the others.
        var lostAt = starts.Where(start => start.Drone == "drone-2").Max(start => start.At);
        var later = starts.Where(start => start.Due > lostAt + TimeSpan.FromSeconds(6)).Select(start => start.Number).Order().ToList();
        Assert.Equal(Enumerable.Range(0, later.Count).Select(i => later[0] + i), later);
        Assert.Equal(1_999, later[^1]);
        Assert.NotNull(ended.Report);
    }

    [Fact]
    public async Task Run_IterationsDoneSooner_EndsThenAndPasses()
    {
        _swarm.AddDrones(3);
        var before = _swarm.World.Time.Now;

        var result = await _swarm.LeadToItsEndAsync(Iterations(1_000, users: 10, minutes: 10));

        Assert.Empty(result.Problems);
        Assert.Equal(ExitCode.Passed, result.ExitCode);
        Assert.Equal(Enumerable.Range(0, 1_000).Select(number => (long)number), _swarm.Workers.Starts.Select(start => start.Number).Order());
        Assert.Equal(1_000, result.Report!.Completeness.Scenarios[0].IterationsFinished);
        Assert.Equal(1_000, result.Report.Completeness.Scenarios[0].IterationsPlanned);
        Assert.InRange(_swarm.World.Time.Now - before, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Run_ADroneDiesDuringIterations_WhatItHadClaimedIsTheGapAndTheRestIsDoneByOthers()
    {
        _swarm.AddDrones(3);
        var (_, result, _) = _swarm.Lead(Iterations(20_000, users: 30, minutes: 5));
        Assert.True(_swarm.World.Run(() => _swarm.Workers.Starts.Count >= 3_000, TimeSpan.FromMinutes(1)));

        _swarm.Drones["drone-2"].Kill();
        var ended = await _swarm.World.RunAsync(result, TimeSpan.FromMinutes(6));

        var ran = _swarm.Workers.Starts.Select(start => start.Number).ToList();
        Assert.Equal(ran.Count, ran.Distinct().Count());
        var claim = Assert.Single(_swarm.Document().LostClaims);
        var slots = SlotSet.Parse(claim.Slots);
        var missing = Enumerable.Range(0, 20_000).Where(number => !ran.Contains(number)).ToList();
        Assert.NotEmpty(missing);
        Assert.All(missing, number => Assert.True(slots.Owns(number % 30) && number < claim.Below));

        // About two seconds' work of its ten users at most: one ahead, one since it last said so.
        Assert.InRange(missing.Count, 1, 1_100);
        Assert.True(_swarm.Document().Ended is { IsDone: true });
        Assert.Equal(ExitCode.Failed, ended.ExitCode);

        // The report names the gap: how many of its iterations may have run, and that nobody runs them again.
        var claimed = Enumerable.Range(0, 20_000).Count(number => slots.Owns(number % 30) && number < claim.Below);
        Assert.Contains(ended.Report!.Events, happened => happened.Kind == RunEventKind.Warning && happened.Text.StartsWith(
            string.Create(CultureInfo.InvariantCulture, $"drone-2 may have run {claimed:N0} iterations of 'import', up to number {claim.Below - 1}:"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_TheMediumIsWipedAndADroneDiesBeforeItBeatsAgain_NothingOfItsStageIsRunTwice()
    {
        _swarm.AddDrones(3);
        var (_, result, _) = _swarm.Lead(Iterations(20_000, users: 30, minutes: 5));
        Assert.True(_swarm.World.Run(() => _swarm.Workers.Starts.Count >= 3_000, TimeSpan.FromMinutes(1)));

        _swarm.Store.Wipe();
        _swarm.Drones["drone-2"].Kill();
        await _swarm.World.RunAsync(result, TimeSpan.FromMinutes(6));

        var ran = _swarm.Workers.Starts.Select(start => start.Number).ToList();
        Assert.Equal(ran.Count, ran.Distinct().Count());
        Assert.Equal(20_000, Assert.Single(_swarm.Document().LostClaims).Below);
    }

    private static RunPlan Iterations(int iterations, int users, int minutes) => DrivenSwarm.Plan(3) with
    {
        Scenarios = [new Scenario { Name = "import", Test = "import", MaxUsers = 100, Load = [new IterationsStage(iterations, users, TimeSpan.FromMinutes(minutes))] }],
    };
}
