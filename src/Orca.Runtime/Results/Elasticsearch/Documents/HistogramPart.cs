using Orca.Measurement;

namespace Orca.Results.Elasticsearch.Documents;

/// <summary>A histogram as Elasticsearch's field type <c>histogram</c> wants it: ascending values, each with its count.</summary>
internal sealed record HistogramPart
{
    public const double NanosecondsInMillisecond = 1e6;

    // Two digits put every value within 0.4 % and a document into a few kilobytes.
    private const int Digits = 2;

    // Below a microsecond a time says nothing, and a percentile of zero draws no line on a logarithmic axis.
    private const double LeastMilliseconds = 0.001;

    public required IReadOnlyList<double> Values { get; init; }

    public required IReadOnlyList<long> Counts { get; init; }

    /// <summary>One value for each bucket that holds any: its middle. Null where nothing was measured.</summary>
    /// <param name="histogram">What was measured.</param>
    /// <param name="unit">What values are divided by: <see cref="NanosecondsInMillisecond"/>, or 1 for a metric in its own unit.</param>
    public static HistogramPart? Of(Histogram histogram, double unit)
    {
        if (histogram.Count == 0)
        {
            return null;
        }

        if (histogram.Precision > Digits)
        {
            var coarse = new Histogram(Digits);
            coarse.Add(histogram);
            histogram = coarse;
        }

        List<double> values = [];
        List<long> counts = [];
        foreach (var bucket in histogram.Buckets)
        {
            var middle = (bucket.Lowest + ((bucket.Highest - bucket.Lowest) / 2.0)) / unit;
            var value = unit == 1 ? middle : Math.Max(LeastMilliseconds, middle);
            if (values.Count > 0 && values[^1] == value)
            {
                counts[^1] += bucket.Count;
            }
            else
            {
                values.Add(value);
                counts.Add(bucket.Count);
            }
        }

        return new() { Values = values, Counts = counts };
    }
}
