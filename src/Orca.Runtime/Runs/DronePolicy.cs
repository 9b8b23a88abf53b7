using System.IO.Enumeration;
using Orca.Packages;
using Orca.Plans;

namespace Orca.Runs;

/// <summary>What a drone lets itself be told to load and to load with. Nothing that an announcement says widens it.</summary>
/// <param name="AllowedPackages">Patterns of package ids, with <c>*</c> and <c>?</c>; none allows nothing.</param>
internal sealed record DronePolicy(IReadOnlyList<string> AllowedPackages)
{
    /// <summary>Any package: for swarms that no other machine can reach.</summary>
    public static DronePolicy Any { get; } = new(["*"]);

    /// <summary>The hosts that the plan's target and <c>user.Http</c> may name. Default: all.</summary>
    public TargetRules AllowedTargets { get; init; } = TargetRules.Any;

    /// <summary>Why this drone refuses a package, or null.</summary>
    public Problem? Refuse(PackageVersion package) =>
        AllowedPackages.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, package.Id))
            ? null
            : new Problem($"AllowedPackages ({(AllowedPackages.Count == 0 ? "empty" : string.Join(", ", AllowedPackages))}) does not allow {package.Id}.")
            {
                Advice = "Add its id to AllowedPackages of this drone if it is to run it.",
            };

    /// <summary>Why this drone refuses a plan, or null.</summary>
    public Problem? Refuse(RunPlan plan) =>
        plan.Target is null || AllowedTargets.Allows(plan.Target)
            ? null
            : new Problem($"AllowedTargets ({AllowedTargets}) does not allow {plan.Target.Host}:{plan.Target.Port}.")
            {
                Advice = "Add the host to AllowedTargets of this drone if it may be put under load.",
            };
}
