namespace Orca.Results.Elasticsearch.Documents;

/// <summary>A count.</summary>
internal sealed record CountPart
{
    public required long Count { get; init; }
}
