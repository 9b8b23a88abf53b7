namespace Orca.Swarm;

/// <summary>A run document as the medium holds it.</summary>
internal sealed record StoredDocument(DocumentVersion Version, ReadOnlyMemory<byte> Body);
