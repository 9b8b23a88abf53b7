using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orca.Measurement;
using Orca.Plans;

namespace Orca.Execution;

/// <summary>What an engine runs, and with what.</summary>
internal sealed record LoadEngineOptions
{
    public required string RunId { get; init; }

    /// <summary>The plan, its seed drawn.</summary>
    public required RunPlan Plan { get; init; }

    /// <summary>The tests, in the order of the plan's scenarios.</summary>
    public required IReadOnlyList<ScenarioTest> Tests { get; init; }

    public required DroneInfo Drone { get; init; }

    /// <summary>What the swarm's set-up returned, by scenario.</summary>
    public IReadOnlyDictionary<string, string> SwarmState { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Whether iterations of iterations stages are started only once <see cref="LoadEngine.Claimed"/> allowed them. Default: all may be started.</summary>
    public bool ClaimsIterations { get; init; }

    public required Recorder Recorder { get; init; }

    /// <summary>The hosts that users' HTTP clients may ask. Default: all.</summary>
    public TargetRules Targets { get; init; } = TargetRules.Any;

    public required TimeProvider Clock { get; init; }

    public required ILogger Logger { get; init; }
}
