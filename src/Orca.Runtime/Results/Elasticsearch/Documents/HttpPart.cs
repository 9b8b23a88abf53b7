namespace Orca.Results.Elasticsearch.Documents;

/// <summary>The status code that HTTP responses had, as ECS has it.</summary>
internal sealed record HttpPart
{
    public required HttpResponsePart Response { get; init; }
}
