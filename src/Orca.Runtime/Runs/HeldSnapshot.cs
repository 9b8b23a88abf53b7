namespace Orca.Runs;

/// <summary>A member's snapshot as its leader holds it, to put it back where a medium has forgotten it.</summary>
internal sealed record HeldSnapshot(long Sequence, ReadOnlyMemory<byte> Bytes);
