namespace Orca.Plans;

/// <summary>A scenario's global schedule, the same on every drone: which arrival is due when, how many users are active when.</summary>
/// <remarks>Exact integer arithmetic throughout: every drone computes the same instants. Immutable, safe for many readers.</remarks>
internal sealed class ScenarioSchedule
{
    public static ScenarioSchedule Of(Scenario scenario, long seed) => throw new NotImplementedException();

    /// <summary>Run time at which the first stage begins, and at which the last one ends.</summary>
    public TimeSpan Start => throw new NotImplementedException();

    public TimeSpan End => throw new NotImplementedException();

    /// <summary>Arrivals of all rate stages: ⌈integral of the rate⌉, uniform; the count drawn, where Poisson.</summary>
    public long TotalArrivals => throw new NotImplementedException();

    /// <summary>Iterations of all iterations stages.</summary>
    public long TotalIterations => throw new NotImplementedException();

    /// <summary>The greatest number of users that users and iterations stages ever ask for at once.</summary>
    public int PeakUsers => throw new NotImplementedException();

    /// <summary>Arrivals due before a run time (for planned against delivered).</summary>
    public long ArrivalsBefore(TimeSpan at) => throw new NotImplementedException();

    /// <summary>User-seconds asked for before a run time by users stages.</summary>
    public TimeSpan UserTimeBefore(TimeSpan at) => throw new NotImplementedException();

    /// <summary>The rate asked for at a run time, per second; 0 outside rate stages.</summary>
    public double RateAt(TimeSpan at) => throw new NotImplementedException();

    /// <summary>How many users are active at a run time under users stages: those numbered below the answer.</summary>
    public int UsersAt(TimeSpan at) => throw new NotImplementedException();

    /// <summary>The first run time after <paramref name="at"/> at which <see cref="UsersAt"/> differs, or null when it never does again.</summary>
    public TimeSpan? NextUserChange(TimeSpan at) => throw new NotImplementedException();

    /// <summary>A walk over the arrivals, from the first, in order of their numbers and due times.</summary>
    public ArrivalCursor Arrivals() => throw new NotImplementedException();

    /// <summary>The iterations stages, in order.</summary>
    public IReadOnlyList<IterationBlock> IterationBlocks => throw new NotImplementedException();
}
