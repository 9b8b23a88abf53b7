namespace Orca.Swarm.Documents;

/// <summary>A message that says nothing but: the state has changed, read it.</summary>
internal sealed record Notice : ISwarmDocument
{
    public const string TypeName = "notice";

    public int V { get; init; } = SwarmJson.ProtocolVersion;

    public string Type { get; init; } = TypeName;

    public required string Run { get; init; }
}
