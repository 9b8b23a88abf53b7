using System.Collections.Immutable;
using Orca.Measurement;

namespace Orca.Results;

/// <summary>What was measured in one interval, merged over the drones: a set for each scenario, in the order of the plan.</summary>
internal sealed record IntervalDetail(ImmutableArray<MeasurementSet> Measured, ImmutableArray<MeasurementSet> WarmUp);
