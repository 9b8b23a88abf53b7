namespace Orca.Packages;

/// <summary>A file chosen from a package, before it is hashed.</summary>
internal sealed record SelectedAsset(string Path, AssetKind Kind, string? Culture);
