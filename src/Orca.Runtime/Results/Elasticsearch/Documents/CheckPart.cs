namespace Orca.Results.Elasticsearch.Documents;

/// <summary>How often a check passed and failed.</summary>
internal sealed record CheckPart
{
    public required string Name { get; init; }

    public required long Passed { get; init; }

    public required long Failed { get; init; }
}
