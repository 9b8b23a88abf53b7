using System.Collections.Immutable;

namespace Orca.Packages;

/// <summary>One pinned package.</summary>
/// <param name="Id">The package id.</param>
/// <param name="Version">The normalized version.</param>
/// <param name="Sha512">NuGet's content hash of the package, base64.</param>
/// <param name="Dependencies">The ids that it depends on, within the closure.</param>
/// <param name="Assets">The files of it that are loaded.</param>
internal sealed record LockedPackage(string Id, string Version, string Sha512, ImmutableArray<string> Dependencies, ImmutableArray<LockedAsset> Assets);
