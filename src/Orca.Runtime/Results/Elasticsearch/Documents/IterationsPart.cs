namespace Orca.Results.Elasticsearch.Documents;

/// <summary>Iterations, counted.</summary>
internal sealed record IterationsPart
{
    public long? Started { get; init; }

    public long? Total { get; init; }

    public long? Failed { get; init; }
}
