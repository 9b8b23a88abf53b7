using Orca.Measurement;

namespace Orca.Results;

/// <summary>Times of a whole run, in milliseconds. Count, least, greatest and mean are exact; percentiles are within the plan's precision.</summary>
public sealed record TimeStatistics
{
    /// <summary>Gets how many times were measured.</summary>
    public required long Count { get; init; }

    /// <summary>Gets the least.</summary>
    public double Min { get; init; }

    /// <summary>Gets the mean.</summary>
    public double Mean { get; init; }

    /// <summary>Gets the median.</summary>
    public double P50 { get; init; }

    /// <summary>Gets the 75th percentile.</summary>
    public double P75 { get; init; }

    /// <summary>Gets the 90th percentile.</summary>
    public double P90 { get; init; }

    /// <summary>Gets the 95th percentile.</summary>
    public double P95 { get; init; }

    /// <summary>Gets the 99th percentile.</summary>
    public double P99 { get; init; }

    /// <summary>Gets the 99.9th percentile.</summary>
    public double P999 { get; init; }

    /// <summary>Gets the 99.99th percentile.</summary>
    public double P9999 { get; init; }

    /// <summary>Gets the greatest.</summary>
    public double Max { get; init; }

    /// <summary>Gets how many were out of the histogram's range (1 ns to 1 h) and counted as the nearest in it.</summary>
    public long Clamped { get; init; }

    internal static TimeStatistics? Of(Histogram times) => times.Count == 0 ? null : new()
    {
        Count = times.Count,
        Min = Milliseconds(times.Min),
        Mean = times.Mean / 1e6,
        P50 = Milliseconds(times.ValueAt(50)),
        P75 = Milliseconds(times.ValueAt(75)),
        P90 = Milliseconds(times.ValueAt(90)),
        P95 = Milliseconds(times.ValueAt(95)),
        P99 = Milliseconds(times.ValueAt(99)),
        P999 = Milliseconds(times.ValueAt(99.9)),
        P9999 = Milliseconds(times.ValueAt(99.99)),
        Max = Milliseconds(times.Max),
        Clamped = times.Clamped,
    };

    internal static double Milliseconds(long nanoseconds) => nanoseconds / 1e6;
}
