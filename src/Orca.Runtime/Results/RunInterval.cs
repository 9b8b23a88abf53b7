using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Orca.Results;

/// <summary>One closed interval of a run: what all drones did in it, merged exactly. The intervals of a report add up to its totals.</summary>
public sealed record RunInterval
{
    /// <summary>Gets its number in the run, from 0, in the order of closing.</summary>
    public int Number { get; init; }

    /// <summary>Gets the run time at which it begins.</summary>
    public required TimeSpan From { get; init; }

    /// <summary>Gets the run time at which it ends.</summary>
    public required TimeSpan To { get; init; }

    /// <summary>Gets whether it stands for several intervals that could not be told apart, because a drone's measurements skipped the boundaries between them, or the run had no leader then.</summary>
    public bool Wide { get; init; }

    /// <summary>Gets whether it holds what came after the intervals it belongs to had closed. At most one of each leader's, its last.</summary>
    public bool Correction { get; init; }

    /// <summary>Gets the drones that took part in the run but had not reported the end of the interval when it closed.</summary>
    public ImmutableArray<string> Missing { get; init; } = [];

    /// <summary>Gets all scenarios together, warm-up included.</summary>
    public IntervalFigures Total { get; init; } = IntervalFigures.None;

    /// <summary>Gets the measured work of each scenario, in the order of the plan.</summary>
    public ImmutableArray<IntervalFigures> Scenarios { get; init; } = [];

    /// <summary>Gets the warm-up's work of each scenario that had any.</summary>
    public ImmutableArray<IntervalFigures> WarmUp { get; init; } = [];

    /// <summary>Gets how each drone fared that reported in the interval.</summary>
    public ImmutableArray<DroneFigures> Drones { get; init; } = [];

    /// <summary>Gets the thresholds as they stand at its end, judged on all closed intervals. Only while the run goes on; empty in reports.</summary>
    [JsonIgnore]
    public ImmutableArray<ThresholdResult> Thresholds { get; init; } = [];

    /// <summary>Gets everything measured in it, for sinks that need whole histograms; kept only until the sinks and the swarm's list have had it.</summary>
    internal IntervalDetail? Detail { get; init; }

    /// <summary>Gets how long it lasted, in seconds; at least a tick, so that it divides.</summary>
    [JsonIgnore]
    public double Seconds => Math.Max((To - From).TotalSeconds, 1e-7);
}
