namespace Orca.Measurement;

/// <summary>How often one kind of error occurred, with the first message seen.</summary>
internal sealed record ErrorCount(long Count, string? Sample);
