namespace Orca.Measurement;

/// <summary>A metric of the test's own: a counter, a gauge or a distribution, and which it is.</summary>
internal sealed class MetricMeasurement
{
    public required MetricKind Kind { get; init; }

    /// <summary>Values recorded, of whatever kind.</summary>
    public long Recorded { get; set; }

    /// <summary>Values left out: recorded as another kind than the first, or no finite number.</summary>
    public long Rejected { get; set; }

    /// <summary>The sum of a counter; the number of values set of a gauge.</summary>
    public long Count { get; set; }

    /// <summary>A gauge's last value: on one drone the last set, of several that of the one added last.</summary>
    public double Last { get; set; }

    public double Min { get; set; }

    public double Max { get; set; }

    /// <summary>The values of a distribution, else null.</summary>
    public Histogram? Values { get; init; }

    public static MetricMeasurement Of(MetricKind kind, int precision) =>
        new() { Kind = kind, Values = kind == MetricKind.Distribution ? new(precision) : null };

    /// <summary>Adds another drone's; one of another kind is rejected whole, and counted so.</summary>
    public void Add(MetricMeasurement other)
    {
        Rejected += other.Rejected;
        if (other.Kind != Kind)
        {
            Rejected += other.Recorded;
            return;
        }

        if (Kind == MetricKind.Gauge && other.Count > 0)
        {
            Min = Count == 0 ? other.Min : Math.Min(Min, other.Min);
            Max = Count == 0 ? other.Max : Math.Max(Max, other.Max);
            Last = other.Last;
        }

        Recorded += other.Recorded;
        Count += other.Count;
        if (other.Values is { } values)
        {
            Values!.Add(values);
        }
    }

    /// <summary>What came since an earlier state; a gauge keeps its level, and the least and greatest of all its time.</summary>
    public MetricMeasurement Since(MetricMeasurement earlier) => earlier.Kind != Kind ? this : new()
    {
        Kind = Kind,
        Recorded = Counts.Since(Recorded, earlier.Recorded),
        Rejected = Counts.Since(Rejected, earlier.Rejected),

        // A counter may go down.
        Count = Kind == MetricKind.Counter ? Count - earlier.Count : Counts.Since(Count, earlier.Count),
        Last = Last,
        Min = Min,
        Max = Max,
        Values = Values is { } values ? values.Since(earlier.Values ?? new(values.Precision)) : null,
    };
}
