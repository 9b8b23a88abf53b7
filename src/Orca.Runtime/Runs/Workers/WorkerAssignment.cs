using Orca.Packages;
using Orca.Plans;

namespace Orca.Runs.Workers;

/// <summary>What a worker is to run.</summary>
internal sealed record WorkerAssignment(string RunId, string Drone, string Incarnation, RunPlan Plan, PackageLock Lock)
{
    /// <summary>The hosts that the drone allows to be put under load. Default: all.</summary>
    public TargetRules Targets { get; init; } = TargetRules.Any;
}
