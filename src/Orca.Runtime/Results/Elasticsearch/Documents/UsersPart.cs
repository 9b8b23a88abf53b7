namespace Orca.Results.Elasticsearch.Documents;

/// <summary>Users at the end of an interval.</summary>
internal sealed record UsersPart
{
    public int? Active { get; init; }

    public int? Target { get; init; }
}
