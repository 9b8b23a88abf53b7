namespace Orca.Results.Elasticsearch.Documents;

/// <summary>HTTP requests of a step, or the responses of one status code.</summary>
internal sealed record HttpCountsPart
{
    public long? Requests { get; init; }

    public long? Broken { get; init; }

    public long? Responses { get; init; }
}
