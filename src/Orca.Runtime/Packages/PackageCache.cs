using NuGet.Packaging;
using NuGet.Packaging.Core;
using NuGet.Versioning;

namespace Orca.Packages;

/// <summary>
/// The versioned folder of extracted packages, which <see cref="CacheWriter"/> fills and <see cref="CacheRoom"/> keeps small,
/// each by one rename, so that other processes see a whole package or none.
/// </summary>
internal sealed class PackageCache(string folder)
{
    public string Folder { get; } = Path.GetFullPath(folder);

    public VersionFolderPathResolver Paths { get; } = new(Path.GetFullPath(folder));

    public string FolderOf(LockedPackage package) => Paths.GetInstallPath(package.Id, NuGetVersion.Parse(package.Version));

    /// <summary>The package file of an entry, or null where there is none.</summary>
    public string? FindNupkg(string id, NuGetVersion version) =>
        Paths.GetPackageFilePath(id, version) is var file && File.Exists(file) && ContentHash(id, version) is not null ? file : null;

    /// <summary>The package file of an entry that is still what was downloaded, or null.</summary>
    public string? FindWholeNupkg(string id, NuGetVersion version, CancellationToken ct) =>
        FindNupkg(id, version) is { } file && ContentHash(id, version) is { } hash && Nupkg.Is(file, hash, ct) ? file : null;

    /// <summary>Whether the entry is there and each of its files is the one that is pinned.</summary>
    public bool IsIntact(LockedPackage package, CancellationToken ct)
    {
        if (ContentHash(package.Id, NuGetVersion.Parse(package.Version)) != package.Sha512)
        {
            return false;
        }

        var folder = FolderOf(package);
        foreach (var asset in package.Assets)
        {
            ct.ThrowIfCancellationRequested();
            if (FileHash.TryOf(Path.Combine(folder, asset.Path)) != asset.Sha512)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The file that is written last of an entry.</summary>
    public string MarkerOf(LockedPackage package) => Paths.GetNupkgMetadataPath(package.Id, NuGetVersion.Parse(package.Version));

    /// <summary>Notes that an entry is used, for whoever makes room.</summary>
    public void Touch(LockedPackage package, DateTimeOffset now)
    {
        try
        {
            File.SetLastWriteTimeUtc(MarkerOf(package), now.UtcDateTime);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A cache that may only be read is never made room in either.
        }
    }

    /// <summary>All whole entries.</summary>
    public IEnumerable<CacheEntry> Entries()
    {
        if (!Directory.Exists(Folder))
        {
            yield break;
        }

        foreach (var marker in Directory.EnumerateFiles(Folder, PackagingCoreConstants.NupkgMetadataFileExtension, new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2, AttributesToSkip = FileAttributes.ReparsePoint }))
        {
            var folder = Path.GetDirectoryName(marker)!;
            if (!folder.StartsWith(Path.Combine(Folder, StagingFolder.Parent), StringComparison.Ordinal))
            {
                var bytes = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
                yield return new CacheEntry(folder, marker, bytes, File.GetLastWriteTimeUtc(marker));
            }
        }
    }

    private string? ContentHash(string id, NuGetVersion version)
    {
        try
        {
            var file = Paths.GetNupkgMetadataPath(id, version);
            return File.Exists(file) ? NupkgMetadataFileFormat.Read(file).ContentHash : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or Newtonsoft.Json.JsonException)
        {
            return null;
        }
    }
}
