namespace Orca.Swarm;

/// <summary>A run document as the medium holds it, with the newest heartbeat of its leader; that is empty until the leader has confirmed it.</summary>
internal sealed record StoredDocument(DocumentVersion Version, ReadOnlyMemory<byte> Body, ReadOnlyMemory<byte> LeaderBeat);
