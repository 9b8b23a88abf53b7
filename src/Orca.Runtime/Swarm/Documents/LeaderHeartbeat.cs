namespace Orca.Swarm.Documents;

/// <summary>A leader's sign of life.</summary>
internal sealed record LeaderHeartbeat : ISwarmDocument
{
    public const string TypeName = "leader";

    public int V { get; init; } = SwarmJson.ProtocolVersion;

    public string Type { get; init; } = TypeName;

    public required string Leader { get; init; }

    /// <summary>The version of the run document that it confirms.</summary>
    public required long Fencing { get; init; }

    public required long Number { get; init; }

    public required long Counter { get; init; }

    public DocumentVersion Confirmed => new(Fencing, Number);

    /// <summary>Whether it came after another: one that is seen again is no sign of life.</summary>
    public bool IsAfter(LeaderHeartbeat? other) =>
        other is null || Fencing > other.Fencing || (Fencing == other.Fencing && Counter > other.Counter);
}
