namespace Orca.Results.Elasticsearch.Client;

/// <summary>What a search found.</summary>
internal sealed record FoundHits
{
    public IReadOnlyList<FoundHit>? Hits { get; init; }
}
