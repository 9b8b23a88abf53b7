namespace Orca.Results.Elasticsearch.Documents;

/// <summary>The machine that a document is about, as ECS has it.</summary>
internal sealed record HostPart
{
    public string? Name { get; init; }
}
