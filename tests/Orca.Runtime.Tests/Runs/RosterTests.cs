using Orca.Measurement;
using Orca.Plans;
using Orca.Results;
using Orca.Runs;
using Orca.Swarm.Documents;
using Orca.Tests.Simulation;

namespace Orca.Tests.Runs;

/// <summary>Who takes part: late drones, a full roster, the swarm's set-up, and what a threshold ends before its time.</summary>
public sealed class RosterTests
{
    private readonly Trace _trace = new();
    private readonly DrivenSwarm _swarm;

    public RosterTests() => _swarm = new(log: _trace);

    [Fact]
    public async Task ADroneThatJoinsOnceTheRosterIsFull_IsToldSo_AndIsIdleAgain()
    {
        _swarm.AddDrones(3);
        _swarm.Workers.WhilePreparing = drone => drone == "drone-3" ? Task.Delay(TimeSpan.FromSeconds(4), _swarm.World.Time) : Task.CompletedTask;

        var result = await _swarm.LeadToItsEndAsync(DrivenSwarm.Plan(2));

        Assert.Equal(ExitCode.Passed, result.ExitCode);
        Assert.DoesNotContain(_swarm.Document().Roster, entry => entry.Drone == "drone-3");
        Assert.DoesNotContain(_swarm.Workers.Starts, start => start.Drone == "drone-3");
        var lines = _trace.ToString().Split('\n');
        var told = Array.FindIndex(lines, line => line.Contains("drone-3", StringComparison.Ordinal) && line.Contains("the roster is full", StringComparison.Ordinal));
        Assert.True(told > 0);
        Assert.Contains(lines[told..], line => line.Contains("drone-3 is idle", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ADroneThatJoinsWithinWait_TakesPart_ALaterOneDoesNot()
    {
        _swarm.AddDrones(4);
        _swarm.Workers.WhilePreparing = drone => Task.Delay(TimeSpan.FromSeconds(drone switch { "drone-3" => 3, "drone-4" => 9, _ => 0 }), _swarm.World.Time);

        await _swarm.LeadToItsEndAsync(DrivenSwarm.Plan(2) with { Quorum = new Quorum(2, 4, TimeSpan.FromSeconds(6)) });

        Assert.Equal(["drone-1", "drone-2", "drone-3"], _swarm.Document().Roster.Select(entry => entry.Drone));
    }

    [Fact]
    public async Task TheQuorumIsThereJustBeforeJoinTimeout_WaitGoesOnPastIt()
    {
        _swarm.AddDrones(2);
        _swarm.Workers.WhilePreparing = drone => Task.Delay(TimeSpan.FromSeconds(drone == "drone-1" ? 3 : 7), _swarm.World.Time);

        await _swarm.LeadToItsEndAsync(DrivenSwarm.Plan(1) with { Quorum = new Quorum(1, 3, TimeSpan.FromSeconds(6)), JoinTimeout = TimeSpan.FromSeconds(5) });

        Assert.Equal(["drone-1", "drone-2"], _swarm.Document().Roster.Select(entry => entry.Drone));
    }

    [Fact]
    public async Task EveryDroneThatThereCanBeHasAnswered_WithoutAQuorum_TheRunIsAbortedAtOnce()
    {
        _swarm.AddDrone("willing");
        _swarm.AddDrone("strict", new DronePolicy(["Other.*"]));

        var result = await _swarm.LeadToItsEndAsync(DrivenSwarm.Plan(2), drones: 2);

        Assert.Equal(ExitCode.Aborted, result.ExitCode);
        Assert.Contains("1 of 2 drones joined, and there are no others (willing); declined: strict: ", Assert.Single(result.Problems).What, StringComparison.Ordinal);
        Assert.InRange(_swarm.World.Time.Now, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task EveryDroneThatThereCanBeHasAnswered_WithAQuorum_NobodyIsWaitedFor()
    {
        _swarm.AddDrones(2);
        _swarm.AddDrone("strict", new DronePolicy(["Other.*"]));

        var result = await _swarm.LeadToItsEndAsync(DrivenSwarm.Plan(1) with { Quorum = new Quorum(1, 3, TimeSpan.FromMinutes(1)) }, drones: 3);

        Assert.Equal((ExitCode.Passed, 2), (result.ExitCode, _swarm.Document().Roster.Length));
        Assert.InRange(_swarm.World.Time.Now, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task SwarmSetUp_RunsOnOneMember_ItsResultReachesAll_AndThatMemberTearsDownOnceAllHaveFinished()
    {
        _swarm.AddDrones(3);
        var startsAtTearDown = -1;
        _swarm.Workers.WhileTearingDownSwarm = () => startsAtTearDown = _swarm.Workers.Starts.Count;

        await _swarm.LeadToItsEndAsync(DrivenSwarm.Plan(3));

        Assert.Equal(["drone-1"], _swarm.Workers.SwarmSetUps);
        Assert.Equal(3, _swarm.Workers.Places.Count);
        Assert.All(_swarm.Workers.Places, place => Assert.Equal("state of drone-1", place.Place.SwarmState["open"]));
        Assert.Equal(["drone-1"], _swarm.Workers.SwarmTearDowns);
        Assert.Equal(1_000, startsAtTearDown);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SwarmSetUp_FailsOrHangsOnOneMember_TheNextIsAsked(bool hangs)
    {
        _swarm.AddDrones(3);
        _swarm.Workers.FailsToSetUpSwarm = drone => drone == "drone-1" ? new Problem("No database.") : null;
        _swarm.Workers.WhileSettingUpSwarm = (drone, _) => hangs && drone == "drone-1" ? Task.Delay(TimeSpan.FromMinutes(10), _swarm.World.Time, CancellationToken.None) : Task.CompletedTask;

        var result = await _swarm.LeadToItsEndAsync(DrivenSwarm.Plan(2) with { Quorum = new Quorum(2, 3, TimeSpan.FromSeconds(5)) });

        Assert.Equal(ExitCode.Passed, result.ExitCode);
        Assert.Equal(["drone-1", "drone-2"], _swarm.Workers.SwarmSetUps);
        Assert.All(_swarm.Workers.Places, place => Assert.Equal("state of drone-2", place.Place.SwarmState["open"]));
        Assert.Contains(result.Report!.Events, happened => happened is { Kind: RunEventKind.DroneDropped, Drone: "drone-1" });
        Assert.Equal(1_000, result.Report.Totals.Finished);
    }

    [Fact]
    public async Task AnAbortingThreshold_EndsTheLoadOnEveryDrone_OnceAnIntervalIsClosed()
    {
        _swarm.AddDrones(2);
        Assert.True(ThresholdText.Parse("open p50 < 0.5ms").TryGet(out var threshold, out _));

        var result = await _swarm.LeadToItsEndAsync(DrivenSwarm.Plan(2, seconds: 60) with { Thresholds = [threshold with { Abort = true, After = TimeSpan.FromSeconds(5) }] });

        Assert.True(_swarm.Document().Ended is { ByThreshold: true });
        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.InRange(_swarm.Workers.Starts.Max(start => start.At), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(9));
        Assert.Equal(_swarm.Workers.Starts.Count, result.Report!.Totals.Finished);
        Assert.Contains(result.Report.Intervals, interval => interval.To >= TimeSpan.FromSeconds(5));
    }
}
