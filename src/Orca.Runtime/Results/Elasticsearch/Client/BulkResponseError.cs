namespace Orca.Results.Elasticsearch.Client;

/// <summary>Why a document was not stored.</summary>
internal sealed record BulkResponseError
{
    public string? Type { get; init; }

    public string? Reason { get; init; }
}
