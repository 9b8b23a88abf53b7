using System.Collections.Immutable;

namespace Orca.Packages;

/// <summary>What the leader reads from a test package without running its code.</summary>
/// <param name="PlanJson">The text of <c>orca.json</c> at the package's root, or null.</param>
/// <param name="Tests">The tests found, by name.</param>
/// <param name="Contract">The lower bound of the package's dependency on Orca.Abstractions.</param>
internal sealed record TestPackageContents(string? PlanJson, ImmutableArray<TestDescription> Tests, string Contract)
{
    /// <summary>Reads an installed package; a problem where it has no tests, two of one name, or a contract that this Orca does not load.</summary>
    public static Outcome<TestPackageContents> Read(InstalledPackage package) => throw new NotImplementedException();
}
