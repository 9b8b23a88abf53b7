namespace Orca.Results.Elasticsearch.Documents;

/// <summary>The kind of an error, as ECS has it.</summary>
internal sealed record ErrorPart
{
    public required string Type { get; init; }
}
