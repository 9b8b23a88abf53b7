namespace Orca.Packages;

/// <summary>An extracted package in the cache.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="Marker">The file that is written last, and held while a run uses the package.</param>
/// <param name="Bytes">The size of its files.</param>
/// <param name="Used">When it was last used.</param>
internal sealed record CacheEntry(string Folder, string Marker, long Bytes, DateTimeOffset Used);
