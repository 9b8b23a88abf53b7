namespace Orca.Results.Elasticsearch.Documents;

/// <summary>Something with nothing but a name: a scenario, a step.</summary>
internal sealed record NamePart
{
    public required string Name { get; init; }
}
