namespace Orca.Results.Elasticsearch.Documents;

/// <summary>A drone and how it fared.</summary>
internal sealed record DronePart
{
    public required string Id { get; init; }

    public double? CpuPct { get; init; }

    /// <summary>The p99 of how long work waited for the thread pool.</summary>
    public double? LagMs { get; init; }

    /// <summary>The p99 of how late arrivals were started.</summary>
    public double? LatenessMs { get; init; }

    public double? GcPauseMs { get; init; }

    public long? MemoryBytes { get; init; }
}
