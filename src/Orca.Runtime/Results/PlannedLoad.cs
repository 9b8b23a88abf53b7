using System.Collections.Immutable;
using Orca.Plans;

namespace Orca.Results;

/// <summary>What the plan asks of one scenario, by run time.</summary>
internal sealed class PlannedLoad
{
    private readonly ScenarioSchedule _schedule;

    private PlannedLoad(Scenario scenario, long seed)
    {
        Scenario = scenario;
        _schedule = ScenarioSchedule.Of(scenario, seed);
        IsOpenOnly = scenario.Load.All(stage => stage is RateStage or PauseStage);
        IsOpen = scenario.Load.Any(stage => stage is RateStage);
        HasUsers = scenario.Load.Any(stage => stage is UsersStage);
    }

    public Scenario Scenario { get; }

    /// <summary>Whether every iteration is an arrival.</summary>
    public bool IsOpenOnly { get; }

    public bool IsOpen { get; }

    public bool HasUsers { get; }

    public long Iterations => _schedule.TotalIterations;

    public static ImmutableArray<PlannedLoad> Of(RunPlan plan) => [.. plan.Scenarios.Select(scenario => new PlannedLoad(scenario, plan.Seed ?? 0))];

    /// <summary>Arrivals due in a stretch of run time.</summary>
    public long Arrivals(TimeSpan from, TimeSpan to) => IsOpen ? _schedule.ArrivalsBefore(to) - _schedule.ArrivalsBefore(from) : 0;

    public TimeSpan UserTime(TimeSpan from, TimeSpan to) =>
        HasUsers ? _schedule.UserTimeBefore(to) - _schedule.UserTimeBefore(from) : TimeSpan.Zero;

    public int UsersAt(TimeSpan at) => HasUsers ? _schedule.UsersAt(at) : 0;

    /// <summary>Arrivals started: every one of an open scenario's iterations; in a mixed one those that have a lateness.</summary>
    public long ArrivalsStarted(Measurement.MeasurementSet set) => !IsOpen ? 0 : IsOpenOnly ? set.Started : set.Lateness.Count;

    /// <summary>The iteration blocks that ended by a run time.</summary>
    public long IterationsDue(TimeSpan at) => _schedule.IterationBlocks.Where(block => block.To <= at).Sum(block => block.Count);
}
