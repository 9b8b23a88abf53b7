namespace Orca.Swarm.Documents;

/// <summary>Something asked of a run's leader.</summary>
internal sealed record RunRequestRecord : ISwarmDocument
{
    public const string TypeName = "request";

    /// <summary>Drain now and report what there is.</summary>
    public const string Stop = "stop";

    public int V { get; init; } = SwarmJson.ProtocolVersion;

    public string Type { get; init; } = TypeName;

    public required string Run { get; init; }

    /// <summary>Tells requests apart: one that is seen twice counts once.</summary>
    public required string Id { get; init; }

    public required string Action { get; init; }

    /// <summary>Who asked, for the report.</summary>
    public required string By { get; init; }
}
