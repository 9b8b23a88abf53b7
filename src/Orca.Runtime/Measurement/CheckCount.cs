namespace Orca.Measurement;

/// <summary>How often a check passed and failed.</summary>
internal sealed record CheckCount(long Passed, long Failed);
