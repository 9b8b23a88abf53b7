namespace Orca.Results.Elasticsearch.Client;

/// <summary>The body of a search's response, as far as it is asked for.</summary>
internal sealed record FoundResponse
{
    public FoundHits? Hits { get; init; }
}
