namespace Orca.Results.Elasticsearch.Documents;

/// <summary>Bytes over HTTP.</summary>
internal sealed record BytesPart
{
    public required long Sent { get; init; }

    public required long Received { get; init; }
}
