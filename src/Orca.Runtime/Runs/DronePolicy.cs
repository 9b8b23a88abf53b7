using System.IO.Enumeration;
using Orca.Packages;

namespace Orca.Runs;

/// <summary>What a drone lets itself be told to load. Nothing that an announcement says widens it.</summary>
/// <param name="AllowedPackages">Patterns of package ids, with <c>*</c> and <c>?</c>.</param>
internal sealed record DronePolicy(IReadOnlyList<string> AllowedPackages)
{
    /// <summary>Any package: for swarms that no other machine can reach.</summary>
    public static DronePolicy Any { get; } = new(["*"]);

    /// <summary>Why this drone refuses a package, or null.</summary>
    public Problem? Refuse(PackageVersion package) =>
        AllowedPackages.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, package.Id))
            ? null
            : new Problem($"AllowedPackages ({string.Join(", ", AllowedPackages)}) does not allow {package.Id}.")
            {
                Advice = "Add its id to AllowedPackages of this drone if it is to run it.",
            };
}
