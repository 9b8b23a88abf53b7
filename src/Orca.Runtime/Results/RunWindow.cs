namespace Orca.Results;

/// <summary>A stretch of run time.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
public sealed record RunWindow(TimeSpan From, TimeSpan To);
