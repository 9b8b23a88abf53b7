namespace Orca.Packages;

/// <summary>A file that is loaded from a package.</summary>
/// <param name="Path">Its path inside the package, with forward slashes.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Sha512">The file's SHA-512, base64.</param>
/// <param name="Culture">The culture of a satellite assembly, else null.</param>
internal sealed record LockedAsset(string Path, AssetKind Kind, string Sha512, string? Culture = null);
