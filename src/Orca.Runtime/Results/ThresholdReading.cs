namespace Orca.Results;

/// <summary>What a threshold's statistic came to.</summary>
/// <param name="Value">The value, or null where nothing of the kind occurred.</param>
/// <param name="Unit">Its unit.</param>
internal sealed record ThresholdReading(double? Value, string Unit)
{
    /// <summary>Why there is no value.</summary>
    public string? Why { get; init; }

    /// <summary>The share of the work that has no time, where the value is a percentile that this makes unknown; else 0.</summary>
    public double UnknownShare { get; init; }

    public bool Few { get; init; }

    public static ThresholdReading Nothing(string why, string unit = "") => new(null, unit) { Why = why };
}
