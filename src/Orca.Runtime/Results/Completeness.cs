using System.Collections.Immutable;

namespace Orca.Results;

/// <summary>How much of the load asked for was delivered, and what the report lacks.</summary>
public sealed record Completeness
{
    /// <summary>Gets the load of each scenario, in the order of the plan, over the measured time.</summary>
    public ImmutableArray<ScenarioCompleteness> Scenarios { get; init; } = [];

    /// <summary>Gets how many intervals are not told apart or were closed without a drone that took part.</summary>
    public int IntervalsMissing { get; init; }

    /// <summary>Gets the drones whose last measurements did not arrive.</summary>
    public ImmutableArray<string> DronesUnfinished { get; init; } = [];

    /// <summary>Gets how many documents a store did not take.</summary>
    public long DocumentsNotStored { get; init; }
}
