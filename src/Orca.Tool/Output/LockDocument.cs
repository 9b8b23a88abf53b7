namespace Orca.Tool.Output;

/// <summary>A lock that was written, in JSON.</summary>
internal sealed record LockDocument(string File);
