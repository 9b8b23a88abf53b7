using System.Collections.Immutable;

namespace Orca.Results;

/// <summary>A closed interval as it was read from the swarm's list: all of it but the figures that follow from the plan and its work.</summary>
/// <param name="Header">Which it is.</param>
/// <param name="Interval">Bounds, drones and, as its detail, the work; no totals and no figures of scenarios.</param>
internal sealed record StoredInterval(StoredIntervalHeader Header, RunInterval Interval)
{
    /// <summary>The names of the scenarios, in the order of the plan.</summary>
    public required ImmutableArray<string> Scenarios { get; init; }

    /// <summary>The users of each scenario at its end.</summary>
    public required ImmutableArray<int> Users { get; init; }

    /// <summary>Thresholds that failed for the first time at its end.</summary>
    public required ImmutableArray<FailedThreshold> FirstFailed { get; init; }
}
