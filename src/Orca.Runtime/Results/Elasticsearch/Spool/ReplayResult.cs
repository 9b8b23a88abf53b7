using System.Collections.Immutable;

namespace Orca.Results.Elasticsearch.Spool;

/// <summary>What a replay came to.</summary>
internal sealed record ReplayResult
{
    /// <summary>Documents stored, those included that were there already.</summary>
    public long Stored { get; init; }

    /// <summary>Documents that will never be stored.</summary>
    public long Dead { get; init; }

    /// <summary>The files that those are in.</summary>
    public ImmutableArray<string> DeadLetters { get; init; } = [];

    /// <summary>Folders that still hold documents.</summary>
    public ImmutableArray<string> Unfinished { get; init; } = [];

    /// <summary>Folders that another process is at.</summary>
    public ImmutableArray<string> InUse { get; init; } = [];

    /// <summary>Why nothing more was sent, or null.</summary>
    public string? Refused { get; init; }
}
