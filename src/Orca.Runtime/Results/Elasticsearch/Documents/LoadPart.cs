namespace Orca.Results.Elasticsearch.Documents;

/// <summary>The load asked for and what became of it.</summary>
internal sealed record LoadPart
{
    public double? TargetRps { get; init; }

    public long? Target { get; init; }

    public long? Arrivals { get; init; }

    public long? Dropped { get; init; }

    public long? Missed { get; init; }

    public long? Interrupted { get; init; }

    public double? TargetUserMs { get; init; }

    public double? UserMs { get; init; }

    /// <summary>The delivered part of the load asked for, 0 to 1; only in run documents.</summary>
    public double? Delivered { get; init; }
}
