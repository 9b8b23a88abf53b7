namespace Orca.Measurement;

/// <summary>A metric of the test's own: a counter, a gauge or a distribution, and which it is.</summary>
internal sealed class MetricMeasurement
{
    public required MetricKind Kind { get; init; }

    /// <summary>The sum of a counter; the number of values set of a gauge.</summary>
    public long Count { get; set; }

    public double Last { get; set; }

    public double Min { get; set; }

    public double Max { get; set; }

    public Histogram? Values { get; init; }
}
