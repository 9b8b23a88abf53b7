namespace Orca.Results.Elasticsearch.Documents;

/// <summary>What kind of event it is, in the words of ECS.</summary>
internal sealed record EventPart
{
    public string Kind { get; init; } = "event";

    public required IReadOnlyList<string> Category { get; init; }

    public required IReadOnlyList<string> Type { get; init; }

    public required string Action { get; init; }

    public string Dataset { get; init; } = "orca.events";

    public string? Outcome { get; init; }
}
