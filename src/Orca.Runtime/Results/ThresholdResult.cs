namespace Orca.Results;

/// <summary>A threshold and the value that decided it.</summary>
public sealed record ThresholdResult
{
    /// <summary>Gets the threshold as the plan wrote it.</summary>
    public required string Text { get; init; }

    /// <summary>Gets whether it held.</summary>
    public required bool Passed { get; init; }
}
