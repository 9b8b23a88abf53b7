namespace Orca.Results.Elasticsearch.Documents;

/// <summary>Finished steps, counted.</summary>
internal sealed record RequestsPart
{
    public required long Total { get; init; }

    public required long Failed { get; init; }
}
