using System.Collections.Immutable;
using NuGet.Packaging.Core;

namespace Orca.Packages;

/// <summary>A package of a closure, before it is pinned.</summary>
/// <param name="Identity">Its id and version.</param>
/// <param name="Dependencies">What it depends on, within the closure.</param>
/// <param name="Feed">Where it is; null for the cache.</param>
/// <param name="Shared">What it asks of the host.</param>
internal sealed record ResolvedPackage(PackageIdentity Identity, ImmutableArray<string> Dependencies, PackageFeed? Feed, IReadOnlyList<SharedNeed> Shared);
