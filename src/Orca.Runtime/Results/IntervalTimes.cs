using Orca.Measurement;

namespace Orca.Results;

/// <summary>Times of one interval, in milliseconds. Least and greatest are those of the histogram's buckets.</summary>
public sealed record IntervalTimes
{
    /// <summary>Gets the least.</summary>
    public double Min { get; init; }

    /// <summary>Gets the mean.</summary>
    public double Mean { get; init; }

    /// <summary>Gets the median.</summary>
    public double P50 { get; init; }

    /// <summary>Gets the 90th percentile.</summary>
    public double P90 { get; init; }

    /// <summary>Gets the 95th percentile.</summary>
    public double P95 { get; init; }

    /// <summary>Gets the 99th percentile.</summary>
    public double P99 { get; init; }

    /// <summary>Gets the greatest.</summary>
    public double Max { get; init; }

    internal static IntervalTimes? Of(Histogram times) => times.Count == 0 ? null : new()
    {
        Min = TimeStatistics.Milliseconds(times.Min),
        Mean = times.Mean / 1e6,
        P50 = TimeStatistics.Milliseconds(times.ValueAt(50)),
        P90 = TimeStatistics.Milliseconds(times.ValueAt(90)),
        P95 = TimeStatistics.Milliseconds(times.ValueAt(95)),
        P99 = TimeStatistics.Milliseconds(times.ValueAt(99)),
        Max = TimeStatistics.Milliseconds(times.Max),
    };
}
