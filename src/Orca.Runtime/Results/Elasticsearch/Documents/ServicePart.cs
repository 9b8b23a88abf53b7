namespace Orca.Results.Elasticsearch.Documents;

/// <summary>The test package, as ECS names a service.</summary>
internal sealed record ServicePart
{
    public string? Name { get; init; }

    public string? Version { get; init; }
}
