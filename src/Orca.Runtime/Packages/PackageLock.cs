using System.Collections.Immutable;

namespace Orca.Packages;

/// <summary>A test package and its whole dependency closure, pinned by content hash. Carries no source.</summary>
internal sealed record PackageLock
{
    /// <summary>The test package itself.</summary>
    public required PackageVersion Root { get; init; }

    /// <summary>All packages to install, the root first, then by id; those that the host provides are not among them.</summary>
    public required ImmutableArray<LockedPackage> Packages { get; init; }

    /// <summary>A hash over all of it, as lower-case hex: equal for equal bytes to load.</summary>
    public required string Hash { get; init; }
}
