using System.Collections.Immutable;

namespace Orca.Results.Elasticsearch;

/// <summary>What a replay came to.</summary>
public sealed record ReplayResult
{
    /// <summary>Gets the documents stored, those included that were there already.</summary>
    public long Stored { get; init; }

    /// <summary>Gets the documents that will never be stored.</summary>
    public long Dead { get; init; }

    /// <summary>Gets the files that those are in.</summary>
    public ImmutableArray<string> DeadLetters { get; init; } = [];

    /// <summary>Gets the folders that still hold documents.</summary>
    public ImmutableArray<string> Unfinished { get; init; } = [];

    /// <summary>Gets the folders that another process is at.</summary>
    public ImmutableArray<string> InUse { get; init; } = [];

    /// <summary>Gets why nothing more was sent, or <see langword="null"/>.</summary>
    public string? Refused { get; init; }
}
