using Orca.Measurement;

namespace Orca.Results.Elasticsearch.Documents;

/// <summary>Times in milliseconds: the histogram, from which charts take percentiles, and scalars beside it.</summary>
internal sealed record TimesPart
{
    private const decimal NanosecondsPerMillisecond = 1_000_000;

    public HistogramPart? Histogram { get; init; }

    public double? MinMs { get; init; }

    public double? MaxMs { get; init; }

    /// <summary>Exact to the nanosecond, so that sums over intervals are.</summary>
    public decimal? SumMs { get; init; }

    public double? P50Ms { get; init; }

    public double? P95Ms { get; init; }

    public double? P99Ms { get; init; }

    /// <summary>Null where nothing was measured: an empty histogram is no document field.</summary>
    public static TimesPart? Of(Histogram times) => times.Count == 0 ? null : new()
    {
        Histogram = HistogramPart.Of(times, HistogramPart.NanosecondsInMillisecond),
        MinMs = TimeStatistics.Milliseconds(times.Min),
        MaxMs = TimeStatistics.Milliseconds(times.Max),
        SumMs = (decimal)times.Sum / NanosecondsPerMillisecond,
        P50Ms = TimeStatistics.Milliseconds(times.ValueAt(50)),
        P95Ms = TimeStatistics.Milliseconds(times.ValueAt(95)),
        P99Ms = TimeStatistics.Milliseconds(times.ValueAt(99)),
    };

    /// <summary>The scalars of a whole run.</summary>
    public static TimesPart? Of(TimeStatistics? times) => times is null ? null : new()
    {
        MinMs = times.Min,
        MaxMs = times.Max,
        P50Ms = times.P50,
        P95Ms = times.P95,
        P99Ms = times.P99,
    };
}
