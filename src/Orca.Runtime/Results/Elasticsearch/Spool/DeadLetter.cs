using System.Text.Json;

namespace Orca.Results.Elasticsearch.Spool;

/// <summary>A document that Elasticsearch will never take, and why.</summary>
internal sealed record DeadLetter
{
    public required string Id { get; init; }

    public required string Index { get; init; }

    public required int Status { get; init; }

    public string? Type { get; init; }

    public string? Reason { get; init; }

    public required JsonElement Document { get; init; }
}
