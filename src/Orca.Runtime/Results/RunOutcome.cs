using System.Collections.Immutable;
using Orca.Measurement;
using Orca.Plans;

namespace Orca.Results;

/// <summary>All that is known of a run once it is over: what the judges and the report look at.</summary>
internal sealed class RunOutcome(
    RunStarted started,
    RunEnding ending,
    MeasuredWork totals,
    ImmutableArray<PlannedLoad> planned,
    IntervalSeries series,
    IReadOnlyList<LedgerMember> members,
    IReadOnlyList<RunEvent> events)
{
    public RunStarted Started => started;

    public RunPlan Plan => started.Plan;

    public RunEnding Ending => ending;

    public MeasuredWork Totals => totals;

    public ImmutableArray<PlannedLoad> Planned => planned;

    public IntervalSeries Series => series;

    /// <summary>The members, those of the roster first, by rank.</summary>
    public IReadOnlyList<LedgerMember> Members => members;

    public IReadOnlyList<RunEvent> Events => events;

    /// <summary>Drones lost while the load ran.</summary>
    public ImmutableArray<string> Lost { get; } =
        [.. events.Where(happened => happened is { Kind: RunEventKind.DroneLost, Drone: not null }).Select(happened => happened.Drone!).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Drones whose last measurements did not arrive.</summary>
    public ImmutableArray<string> Unfinished { get; } =
    [
        .. members.Where(member => member.Newest is not { Header.Final: true }).Select(member => member.Key.Drone)
            .Concat(ending.Unfinished.Select(member => member.Drone)).Distinct().Order(StringComparer.Ordinal),
    ];

    public JudgedWork Judged { get; } = new(started.Plan, planned, totals.Measured, ending.RunTime);

    /// <summary>How long a drone's work waited for its thread pool, warm-up left out.</summary>
    public static Histogram SchedulingDelayOf(LedgerMember member)
    {
        var delay = member.Newest!.Health.SchedulingDelay;
        return member.DelayAtWarmUp is { } before && !ReferenceEquals(before, delay) ? delay.Since(before) : delay;
    }

    /// <summary>The load of one scenario, asked for and delivered.</summary>
    public ScenarioCompleteness LoadOf(int scenario)
    {
        var (load, set, warmUp) = (planned[scenario], totals.Measured[scenario], totals.WarmUp[scenario]);
        var end = load.Scenario.End < ending.RunTime ? load.Scenario.End : ending.RunTime;
        var (arrivals, users) = end > Plan.WarmUp
            ? (load.Arrivals(Plan.WarmUp, end), load.UserTime(Plan.WarmUp, end))
            : (0, TimeSpan.Zero);
        var iterations = ending.IsDone ? load.Iterations : load.IterationsDue(ending.RunTime);
        long? iterated = load.HasUsers || load.Iterations == 0 ? (load.Iterations == 0 ? 0 : null)
            : load.IsOpen ? set.Started + warmUp.Started - set.Lateness.Count - warmUp.Lateness.Count - set.Interrupted - warmUp.Interrupted
            : set.Finished + warmUp.Finished;
        var startedArrivals = load.ArrivalsStarted(set);
        return new()
        {
            Name = load.Scenario.Name,
            ArrivalsPlanned = arrivals,
            ArrivalsStarted = startedArrivals,
            Dropped = set.Dropped,
            Missed = set.Missed,
            ArrivalsUnaccounted = arrivals - startedArrivals - set.Dropped - set.Missed,
            UserTimePlanned = users,
            UserTime = set.UserTime,
            IterationsPlanned = iterations,
            IterationsFinished = iterated,
            Interrupted = set.Interrupted,
            Delivered = Math.Clamp(
                Math.Min(
                    Math.Min(arrivals > 0 ? (double)startedArrivals / arrivals : 1, users > TimeSpan.Zero ? set.UserTime / users : 1),
                    iterations > 0 && iterated is { } done ? (double)done / iterations : 1),
                0,
                1),
        };
    }
}
