namespace Orca.Results.Elasticsearch.Documents;

/// <summary>A status code.</summary>
internal sealed record HttpResponsePart
{
    public required int StatusCode { get; init; }
}
