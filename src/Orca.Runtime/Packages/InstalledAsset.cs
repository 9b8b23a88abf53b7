namespace Orca.Packages;

/// <summary>A verified file on disk.</summary>
/// <param name="Package">The package that it belongs to.</param>
/// <param name="Asset">What the lock says of it.</param>
/// <param name="File">Its absolute path.</param>
internal sealed record InstalledAsset(PackageVersion Package, LockedAsset Asset, string File);
