using System.Collections.Immutable;
using Orca.Measurement;

namespace Orca.Results;

/// <summary>What was measured in one interval, merged over the drones: a set for each scenario, in the order of the plan.</summary>
internal sealed record IntervalDetail(ImmutableArray<MeasurementSet> Measured, ImmutableArray<MeasurementSet> WarmUp)
{
    /// <summary>In the interval that saw the warm-up end: how long each drone's work had waited for its thread pool by then.</summary>
    public ImmutableArray<MemberDelay> DelaysAtWarmUp { get; init; } = [];
}
