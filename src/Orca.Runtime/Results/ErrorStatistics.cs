namespace Orca.Results;

/// <summary>Errors of one kind.</summary>
/// <param name="Kind">The kind: an exception's type, or the author's own word.</param>
/// <param name="Count">How many.</param>
/// <param name="Sample">A message that came with one of them, or <see langword="null"/>.</param>
public sealed record ErrorStatistics(string Kind, long Count, string? Sample);
