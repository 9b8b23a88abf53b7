namespace Orca.Runs.Workers.Child;

/// <summary>One message on a pipe.</summary>
internal readonly record struct Frame(FrameKind Kind, ReadOnlyMemory<byte> Body);
