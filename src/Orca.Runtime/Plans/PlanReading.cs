namespace Orca.Plans;

/// <summary>What a plan is read for.</summary>
internal sealed record PlanReading
{
    /// <summary>The package that carries the plan, where it does: taken where the plan names none.</summary>
    public PackageRequest? Package { get; init; }

    /// <summary>Whether a package must be named, by the plan or above.</summary>
    public bool PackageRequired { get; init; }

    /// <summary>The name of a plan that names itself not.</summary>
    public string DefaultName { get; init; } = "plan";
}
