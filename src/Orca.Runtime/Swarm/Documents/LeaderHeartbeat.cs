namespace Orca.Swarm.Documents;

/// <summary>A leader's sign of life.</summary>
internal sealed record LeaderHeartbeat : ISwarmDocument
{
    public const string TypeName = "leader";

    public int V { get; init; } = SwarmJson.ProtocolVersion;

    public string Type { get; init; } = TypeName;

    public required string Leader { get; init; }

    public required long Fencing { get; init; }

    public required long Counter { get; init; }
}
