using System.Text.Json.Serialization;

namespace Orca.Results.Elasticsearch.Documents;

/// <summary>The source of one document, of whatever kind.</summary>
internal sealed record StoreDocument
{
    [JsonPropertyName("@timestamp")]
    public required DateTimeOffset Timestamp { get; init; }

    public EventPart? Event { get; init; }

    public string? Message { get; init; }

    public ServicePart? Service { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public HostPart? Host { get; init; }

    public ErrorPart? Error { get; init; }

    public HttpPart? Http { get; init; }

    public required OrcaPart Orca { get; init; }
}
