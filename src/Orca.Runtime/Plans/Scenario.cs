using System.Collections.Immutable;

namespace Orca.Plans;

/// <summary>A named use of one test under one load.</summary>
public sealed record Scenario
{
    /// <summary>Gets the scenario's name, unique in its plan; <c>swarm</c> is taken.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the test's name. Default: the scenario's.</summary>
    public required string Test { get; init; }

    /// <summary>Gets the stages, at least one, one after the other.</summary>
    public required ImmutableArray<LoadStage> Load { get; init; }

    /// <summary>Gets the most users, in the swarm, that rate stages may use. Default: two seconds of peak rate, at least 100.</summary>
    public required int MaxUsers { get; init; }

    /// <summary>Gets the run time at which the first stage begins. Default: 0.</summary>
    public TimeSpan StartAfter { get; init; }

    /// <summary>Gets which iterations share connections. Default: all.</summary>
    public ConnectionMode Connections { get; init; }

    /// <summary>Gets the scenario's parameters, over the plan's, by configuration key.</summary>
    public ImmutableSortedDictionary<string, ParameterValue> Parameters { get; init; } = ParameterValue.None;

    /// <summary>Gets the run time at which the last stage ends.</summary>
    public TimeSpan End => StartAfter + TimeSpan.FromTicks(Load.Sum(stage => stage.Duration.Ticks));
}
