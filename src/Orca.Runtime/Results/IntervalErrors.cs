namespace Orca.Results;

/// <summary>Errors of one kind in one interval.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Count">How many.</param>
public sealed record IntervalErrors(string Kind, long Count);
