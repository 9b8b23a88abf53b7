namespace Orca.Results;

/// <summary>What one step did in one interval.</summary>
public sealed record IntervalStep
{
    /// <summary>Gets the step's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets how many finished and passed.</summary>
    public long Ok { get; init; }

    /// <summary>Gets how many finished and failed.</summary>
    public long Failed { get; init; }

    /// <summary>Gets their service times; <see langword="null"/> where none finished.</summary>
    public IntervalTimes? Service { get; init; }
}
