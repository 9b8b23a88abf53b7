namespace Orca.Swarm.Documents;

/// <summary>What a drone says of itself to the swarm, in a run or not.</summary>
internal sealed record Presence : ISwarmDocument
{
    public const string TypeName = "presence";

    public int V { get; init; } = SwarmJson.ProtocolVersion;

    public string Type { get; init; } = TypeName;

    public required string Drone { get; init; }

    /// <summary>The life of the drone's process; a restarted drone has another.</summary>
    public required string Life { get; init; }

    /// <summary>When that life began, by the machine's wall clock.</summary>
    public required DateTimeOffset Since { get; init; }

    public required string Host { get; init; }

    /// <summary>The version of Orca that it runs.</summary>
    public required string Version { get; init; }

    public required long Counter { get; init; }

    /// <summary>The run that it works on, or null while it is idle.</summary>
    public string? Run { get; init; }
}
