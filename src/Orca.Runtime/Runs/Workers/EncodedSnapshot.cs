namespace Orca.Runs.Workers;

/// <summary>A snapshot in its wire form.</summary>
internal sealed record EncodedSnapshot(long Sequence, TimeSpan RunTime, bool Final, ReadOnlyMemory<byte> Bytes);
