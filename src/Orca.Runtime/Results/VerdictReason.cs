using System.Collections.Immutable;

namespace Orca.Results;

/// <summary>One reason for a verdict.</summary>
public sealed record VerdictReason
{
    /// <summary>Gets the verdict that it speaks for; a graver reason may have decided.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Gets the reason, in one sentence.</summary>
    public required string Text { get; init; }

    /// <summary>Gets whose fault it was that the load was not the load asked for; <see langword="null"/> for other verdicts.</summary>
    public InvalidCause? Cause { get; init; }

    /// <summary>Gets the scenario that it concerns, or <see langword="null"/>.</summary>
    public string? Scenario { get; init; }

    /// <summary>Gets the drones that it concerns; empty where it is none in particular.</summary>
    public ImmutableArray<string> Drones { get; init; } = [];

    /// <summary>Gets when it was so, by the run's intervals; empty where no interval shows it alone.</summary>
    public ImmutableArray<RunWindow> Windows { get; init; } = [];
}
