using System.Collections.Immutable;

namespace Orca.Plans;

/// <summary>A scenario's global schedule, the same on every drone: which arrival is due when, how many users are active when.</summary>
/// <remarks>Exact integer arithmetic throughout: every drone computes the same instants. Immutable, safe for many readers.</remarks>
internal sealed class ScenarioSchedule
{
    private readonly RateTimeline _rates;
    private readonly UserTimeline _users;

    private ScenarioSchedule(Scenario scenario, long seed)
    {
        Start = scenario.StartAfter;
        End = scenario.End;
        TimedEnd = TimedEndOf(scenario);
        _rates = new RateTimeline(scenario, seed);
        _users = new UserTimeline(scenario);
        IterationBlocks = BlocksOf(scenario);
        TotalIterations = IterationBlocks.Sum(block => block.Count);
        PeakUsers = scenario.Load.Max(stage => stage switch
        {
            UsersStage users => Math.Max(users.From, users.To),
            IterationsStage iterations => iterations.Users,
            _ => 0,
        });
    }

    /// <summary>The schedule of a scenario of a valid plan.</summary>
    public static ScenarioSchedule Of(Scenario scenario, long seed) => scenario.End <= PlanLimits.LongestScenario
        ? new ScenarioSchedule(scenario, seed)
        : throw new ArgumentException($"Scenario '{scenario.Name}' ends past {PlanLimits.LongestScenario}; its plan was not validated.", nameof(scenario));

    /// <summary>The iterations stages of a scenario, in order.</summary>
    public static ImmutableArray<IterationBlock> BlocksOf(Scenario scenario)
    {
        var blocks = ImmutableArray.CreateBuilder<IterationBlock>();
        var (from, first) = (scenario.StartAfter, 0L);
        foreach (var stage in scenario.Load)
        {
            var to = from + stage.Duration;
            if (stage is IterationsStage iterations)
            {
                blocks.Add(new IterationBlock(first, iterations.Iterations, iterations.Users, from, to));
                first += iterations.Iterations;
            }

            from = to;
        }

        return blocks.ToImmutable();
    }

    /// <summary>Run time at which the first stage begins.</summary>
    public TimeSpan Start { get; }

    /// <summary>Run time at which the last stage ends.</summary>
    public TimeSpan End { get; }

    /// <summary>Run time at which the last stage ends that takes its whole time; an iterations stage may be done sooner.</summary>
    public TimeSpan TimedEnd { get; }

    /// <summary>Arrivals of all rate stages: ⌈integral of the rate⌉, uniform; the count drawn, where Poisson.</summary>
    /// <remarks>Poisson arrivals are drawn to be counted: some 30 ns each, once.</remarks>
    public long TotalArrivals => _rates.Total;

    /// <summary>Iterations of all iterations stages.</summary>
    public long TotalIterations { get; }

    /// <summary>The greatest number of users that users and iterations stages ever ask for at once.</summary>
    public int PeakUsers { get; }

    /// <summary>The iterations stages, in order.</summary>
    public IReadOnlyList<IterationBlock> IterationBlocks { get; }

    /// <summary>Arrivals due before a run time (for planned against delivered).</summary>
    public long ArrivalsBefore(TimeSpan at) => _rates.ArrivalsBefore(at.Ticks);

    /// <summary>User-seconds asked for before a run time by users stages: the sum of the times for which users are active.</summary>
    public TimeSpan UserTimeBefore(TimeSpan at) => new(_users.UserTimeBefore(at.Ticks));

    /// <summary>The rate asked for at a run time, per second; 0 outside rate stages.</summary>
    public double RateAt(TimeSpan at) => _rates.RateAt(at.Ticks);

    /// <summary>How many users are active at a run time under users stages: those numbered below the answer.</summary>
    public int UsersAt(TimeSpan at) => _users.UsersAt(at.Ticks);

    /// <summary>The first run time after <paramref name="at"/> at which <see cref="UsersAt"/> differs, or null when it never does again.</summary>
    public TimeSpan? NextUserChange(TimeSpan at) => _users.NextChange(at.Ticks) is { } ticks ? new TimeSpan(ticks) : null;

    /// <summary>A walk over the arrivals, from the first, in order of their numbers and due times.</summary>
    public ArrivalCursor Arrivals() => new RateCursor(_rates);

    private static TimeSpan TimedEndOf(Scenario scenario)
    {
        var (end, at) = (TimeSpan.Zero, scenario.StartAfter);
        foreach (var stage in scenario.Load)
        {
            at += stage.Duration;
            end = stage is IterationsStage ? end : at;
        }

        return end;
    }
}
