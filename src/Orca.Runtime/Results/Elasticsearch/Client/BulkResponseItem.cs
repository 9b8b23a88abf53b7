namespace Orca.Results.Elasticsearch.Client;

/// <summary>One document's part of a bulk response.</summary>
internal sealed record BulkResponseItem
{
    public int Status { get; init; }

    public BulkResponseError? Error { get; init; }

    public string? FailureStore { get; init; }
}
