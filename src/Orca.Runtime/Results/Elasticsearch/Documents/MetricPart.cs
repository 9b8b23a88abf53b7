namespace Orca.Results.Elasticsearch.Documents;

/// <summary>A metric of the test's own, in its own unit.</summary>
internal sealed record MetricPart
{
    public required string Name { get; init; }

    public required string Kind { get; init; }

    /// <summary>The sum of a counter.</summary>
    public long? Sum { get; init; }

    /// <summary>How many values a gauge or distribution was given.</summary>
    public long? Count { get; init; }

    public double? Last { get; init; }

    public double? Min { get; init; }

    public double? Max { get; init; }

    public HistogramPart? Histogram { get; init; }
}
