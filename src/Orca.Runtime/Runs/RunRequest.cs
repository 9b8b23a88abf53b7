using Orca.Plans;

namespace Orca.Runs;

/// <summary>What a leader is asked to run, before anything was read.</summary>
internal sealed record RunRequest
{
    /// <summary>The test package; it, or a plan file that names one.</summary>
    public PackageRequest? Package { get; init; }

    /// <summary>A plan file, or null to take the package's own <c>orca.json</c>.</summary>
    public string? PlanFile { get; init; }

    /// <summary>The environment whose <c>orca.&lt;environment&gt;.json</c> lies over the plan, or null.</summary>
    public string? Environment { get; init; }

    /// <summary>What lies over plan and environment, in order.</summary>
    public IReadOnlyList<PlanLayer> Overrides { get; init; } = [];

    /// <summary>Whether the lock file beside the plan file is written anew. Default: it is used where it exists.</summary>
    public bool WritesLock { get; init; }

    /// <summary>How many drones there can ever be, or null where that is not known.</summary>
    public int? Drones { get; init; }
}
