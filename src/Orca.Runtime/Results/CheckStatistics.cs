namespace Orca.Results;

/// <summary>How often a check passed and failed.</summary>
/// <param name="Name">The check's name.</param>
/// <param name="Passed">How often it passed.</param>
/// <param name="Failed">How often it failed.</param>
public sealed record CheckStatistics(string Name, long Passed, long Failed);
