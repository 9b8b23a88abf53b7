namespace Orca.Swarm.Documents;

/// <summary>What the leader says once a second until the quorum has joined. Carries no address and no credential.</summary>
internal sealed record Announcement : ISwarmDocument
{
    public const string TypeName = "announcement";

    public int V { get; init; } = SwarmJson.ProtocolVersion;

    public string Type { get; init; } = TypeName;

    public required string Run { get; init; }

    public required string Package { get; init; }

    public required string Version { get; init; }

    /// <summary>The hash of the package lock.</summary>
    public required string Lock { get; init; }

    public required int Quorum { get; init; }
}
