namespace Orca.Results;

/// <summary>One scenario of a run.</summary>
public sealed record ScenarioReport
{
    /// <summary>Gets the scenario's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the test's name.</summary>
    public required string Test { get; init; }

    /// <summary>Gets what was measured, warm-up left out.</summary>
    public required WorkStatistics Measured { get; init; }

    /// <summary>Gets the warm-up's part, or <see langword="null"/> where the plan has none.</summary>
    public WorkStatistics? WarmUp { get; init; }

    /// <summary>Gets how many observations were counted under <c>(other)</c> because there were too many names.</summary>
    public long NamesOverCap { get; init; }
}
