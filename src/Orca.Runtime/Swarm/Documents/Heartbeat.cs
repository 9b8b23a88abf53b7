using System.Collections.Immutable;

namespace Orca.Swarm.Documents;

/// <summary>A member's sign of life.</summary>
internal sealed record Heartbeat : ISwarmDocument
{
    public const string TypeName = "heartbeat";

    public int V { get; init; } = SwarmJson.ProtocolVersion;

    public string Type { get; init; } = TypeName;

    public required long Counter { get; init; }

    /// <summary>The version of the run document that the member has applied.</summary>
    public required long Fencing { get; init; }

    public required long Number { get; init; }

    /// <summary>The iterations that it has claimed; each list replaces the one before.</summary>
    public ImmutableArray<ClaimEntry> Claimed { get; init; } = [];

    /// <summary>Whether it has nothing left to do under that version of the run document.</summary>
    public bool IsDone { get; init; }
}
