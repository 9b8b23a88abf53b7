using System.Collections.Immutable;

namespace Orca.Packages;

/// <summary>A test package on disk, its closure beside it, all verified against the lock.</summary>
/// <param name="Lock">What was installed.</param>
/// <param name="Folder">The folder of the root package.</param>
/// <param name="Assets">Every file to load, with where it lies.</param>
internal sealed record InstalledPackage(PackageLock Lock, string Folder, ImmutableArray<InstalledAsset> Assets);
