namespace Orca.Swarm.Documents;

/// <summary>A run in the list of the newest runs.</summary>
internal sealed record RunIndexEntry : ISwarmDocument
{
    public const string TypeName = "index";

    public int V { get; init; } = SwarmJson.ProtocolVersion;

    public string Type { get; init; } = TypeName;

    public required string Run { get; init; }

    public required string Name { get; init; }

    public required string Leader { get; init; }

    public required RunPhase Phase { get; init; }

    public required DateTimeOffset Changed { get; init; }
}
