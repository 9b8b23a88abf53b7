namespace Orca.Results.Elasticsearch.Documents;

/// <summary>The run that a document belongs to; past id and name only in run documents.</summary>
internal sealed record RunPart
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary><c>running</c>, then the verdict.</summary>
    public string? Status { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public long? DurationMs { get; init; }

    public int? ExitCode { get; init; }

    /// <summary>Why the run did not pass, the gravest reason.</summary>
    public string? Reason { get; init; }

    public int? Drones { get; init; }
}
