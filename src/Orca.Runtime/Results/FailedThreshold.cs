namespace Orca.Results;

/// <summary>A threshold that failed, by its place in the plan.</summary>
internal sealed record FailedThreshold(int Index, ThresholdResult Result);
