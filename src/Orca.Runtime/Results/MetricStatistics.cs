namespace Orca.Results;

/// <summary>A metric of the test's own, in its own unit.</summary>
public sealed record MetricStatistics
{
    /// <summary>Gets the metric's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets what it is: <c>counter</c>, <c>gauge</c> or <c>distribution</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets the sum of a counter, or how many values a gauge or distribution was given.</summary>
    public long Count { get; init; }

    /// <summary>Gets the sum of a counter, or how many values came, per second.</summary>
    public double Rate { get; init; }

    /// <summary>Gets the last value of a gauge.</summary>
    public double? Last { get; init; }

    /// <summary>Gets the least value of a gauge or distribution.</summary>
    public double? Min { get; init; }

    /// <summary>Gets the greatest value of a gauge or distribution.</summary>
    public double? Max { get; init; }

    /// <summary>Gets the mean of a distribution.</summary>
    public double? Mean { get; init; }

    /// <summary>Gets the median of a distribution.</summary>
    public double? P50 { get; init; }

    /// <summary>Gets the 90th percentile of a distribution.</summary>
    public double? P90 { get; init; }

    /// <summary>Gets the 95th percentile of a distribution.</summary>
    public double? P95 { get; init; }

    /// <summary>Gets the 99th percentile of a distribution.</summary>
    public double? P99 { get; init; }
}
