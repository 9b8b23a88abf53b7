namespace Orca.Results;

/// <summary>A threshold and the value that decided it.</summary>
public sealed record ThresholdResult
{
    /// <summary>Gets the threshold as the plan wrote it.</summary>
    public required string Text { get; init; }

    /// <summary>Gets whether it held.</summary>
    public required bool Passed { get; init; }

    /// <summary>Gets the value that decided it, in <see cref="Unit"/>; <see langword="null"/> where there is none, because nothing of the kind occurred.</summary>
    public double? Value { get; init; }

    /// <summary>Gets the value that it was compared with, in <see cref="Unit"/>.</summary>
    public double Limit { get; init; }

    /// <summary>Gets the unit of value and limit: <c>ms</c>, <c>%</c>, <c>/s</c>, or empty for a plain number.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Gets how much was to spare, as a share of the limit (0.2: a fifth); negative where it failed; <see langword="null"/> where that says nothing.</summary>
    public double? Margin { get; init; }

    /// <summary>Gets why it failed, in one sentence, or <see langword="null"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets the end of the first closed interval at which it failed while the run went on; <see langword="null"/> where it never did.</summary>
    public TimeSpan? FirstFailedAt { get; init; }

    /// <summary>Gets whether the percentile cannot be known, because too much of the work was dropped, missed or interrupted. Such a threshold fails.</summary>
    public bool Unknown { get; init; }

    /// <summary>Gets whether fewer than 10 samples lie beyond the percentile.</summary>
    public bool Few { get; init; }

    /// <summary>Gets whether its failing ended the run.</summary>
    public bool EndedRun { get; init; }
}
