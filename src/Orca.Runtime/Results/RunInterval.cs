namespace Orca.Results;

/// <summary>One closed interval of a run.</summary>
public sealed record RunInterval
{
    /// <summary>Gets the run time at which it begins.</summary>
    public required TimeSpan From { get; init; }

    /// <summary>Gets the run time at which it ends.</summary>
    public required TimeSpan To { get; init; }
}
