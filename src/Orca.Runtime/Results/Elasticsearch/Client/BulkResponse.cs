namespace Orca.Results.Elasticsearch.Client;

/// <summary>The body of a bulk response.</summary>
internal sealed record BulkResponse
{
    public IReadOnlyList<Dictionary<string, BulkResponseItem>>? Items { get; init; }
}
