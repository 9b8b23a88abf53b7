using System.Text.Json.Serialization;

namespace Orca.Results.Elasticsearch.Client;

/// <summary>One document that a search found.</summary>
internal sealed record FoundHit
{
    [JsonPropertyName("_id")]
    public string Id { get; init; } = "";
}
