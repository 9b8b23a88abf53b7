using System.Collections.Immutable;

namespace Orca.Plans;

/// <summary>The keys and words of the plan file. The JSON schema that ships with <c>Orca.Abstractions</c> has the same.</summary>
internal static class PlanKeys
{
    public static ImmutableArray<string> Root { get; } =
    [
        "$schema", "name", "package", "target", "quorum", "scenarios", "thresholds", "parameters", "tags", "seed", "interval", "precision",
        "warmUp", "grace", "setUpTimeout", "joinTimeout", "leaderTimeout", "onDroneLost", "limits",
    ];

    public static ImmutableArray<string> Quorum { get; } = ["min", "max", "wait"];

    public static ImmutableArray<string> Scenario { get; } = ["test", "load", "maxUsers", "startAfter", "connections", "parameters"];

    public static ImmutableArray<string> UsersStage { get; } = ["users", "to", "for"];

    public static ImmutableArray<string> RateStage { get; } = ["rate", "to", "for", "arrivals", "users"];

    public static ImmutableArray<string> IterationsStage { get; } = ["iterations", "users", "for"];

    public static ImmutableArray<string> PauseStage { get; } = ["pause"];

    public static ImmutableArray<string> Threshold { get; } = ["that", "after", "abort"];

    public static ImmutableArray<string> Limits { get; } = ["notStarted", "lateness", "latenessOfService", "delivered"];

    public static ImmutableArray<string> Secret { get; } = ["secret"];

    public static ImmutableArray<(string Word, ArrivalPattern Value)> Arrivals { get; } =
        [("uniform", ArrivalPattern.Uniform), ("poisson", ArrivalPattern.Poisson)];

    public static ImmutableArray<(string Word, ConnectionMode Value)> Connections { get; } =
        [("shared", ConnectionMode.Shared), ("perUser", ConnectionMode.PerUser), ("perIteration", ConnectionMode.PerIteration)];

    public static ImmutableArray<(string Word, LostDronePolicy Value)> OnDroneLost { get; } =
        [("redistribute", LostDronePolicy.Redistribute), ("continue", LostDronePolicy.Continue), ("abort", LostDronePolicy.Abort)];
}
