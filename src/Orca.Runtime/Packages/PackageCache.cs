using NuGet.Common;
using NuGet.Packaging;
using NuGet.Packaging.Core;
using NuGet.Packaging.Signing;
using NuGet.Versioning;

namespace Orca.Packages;

/// <summary>
/// The versioned folder of extracted packages. An entry appears, and is replaced, by one rename, so that other
/// processes see a whole package or none.
/// </summary>
internal sealed class PackageCache(string folder)
{
    private readonly VersionFolderPathResolver _paths = new(Path.GetFullPath(folder));

    public string Folder { get; } = Path.GetFullPath(folder);

    public string FolderOf(PackageIdentity package) => _paths.GetInstallPath(package.Id, package.Version);

    public string FolderOf(LockedPackage package) => _paths.GetInstallPath(package.Id, NuGetVersion.Parse(package.Version));

    /// <summary>The package file of an entry, or null where there is none.</summary>
    public string? FindNupkg(string id, NuGetVersion version) =>
        _paths.GetPackageFilePath(id, version) is var file && File.Exists(file) && ContentHash(id, version) is not null ? file : null;

    /// <summary>Whether an entry's package file is there and still what was downloaded.</summary>
    public bool IsWhole(string id, NuGetVersion version, CancellationToken ct)
    {
        try
        {
            return FindNupkg(id, version) is { } file && Nupkg.ContentHash(file, ct) == ContentHash(id, version);
        }
        catch (Exception e) when (FeedProblems.IsCorruption(e) || e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

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
    public string MarkerOf(LockedPackage package) => _paths.GetNupkgMetadataPath(package.Id, NuGetVersion.Parse(package.Version));

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

    /// <summary>Extracts a package file whose hashes were compared, checks what came out, and publishes it; the problem where it could not.</summary>
    /// <returns>A problem, or null.</returns>
    public async Task<Problem?> AddAsync(LockedPackage package, string nupkg, PackageLimits limits, ClientPolicyContext signatures, StagingFolder staging, CancellationToken ct)
    {
        var identity = new PackageIdentity(package.Id, NuGetVersion.Parse(package.Version));
        var staged = new PackageCache(staging.NewPath());
        try
        {
            if (NupkgShape.Check(nupkg, Nupkg.Name(identity), limits) is { } refused)
            {
                return refused;
            }

            var context = new PackageExtractionContext(PackageSaveMode.Defaultv3, XmlDocFileSaveMode.None, signatures, NullLogger.Instance);
            await PackageExtractor.InstallFromSourceAsync(
                source: "",
                identity,
                async stream =>
                {
                    await using var file = File.OpenRead(nupkg);
                    await file.CopyToAsync(stream, ct);
                },
                staged._paths,
                context,
                ct);
            if (!staged.IsIntact(package, ct))
            {
                return new Problem($"The package file of {package.Id} {package.Version} does not hold the files that the lock pins.")
                {
                    Advice = "Have the leader resolve the package again.",
                };
            }

            await PublishAsync(staged.FolderOf(identity), package, staging, ct);
            return null;
        }
        catch (UnsafePackageEntryException)
        {
            return new Problem($"The package file of {package.Id} {package.Version} wants to write outside its own folder, and was refused.");
        }
        catch (SignatureException e)
        {
            return new Problem($"The signature of {package.Id} {package.Version} was refused: {string.Join("; ", (e.Results ?? []).SelectMany(r => r.Issues ?? []).Select(i => i.Message).DefaultIfEmpty(e.Message))}");
        }
        catch (Exception e) when (CacheProblems.FullDisk(e) is null && FeedProblems.IsCorruption(e))
        {
            return Nupkg.Corrupt(identity, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException || CacheProblems.FullDisk(e) is not null)
        {
            return CacheProblems.Describe($"Writing {package.Id} {package.Version} into the package cache", Folder, e);
        }
    }

    private async Task PublishAsync(string staged, LockedPackage package, StagingFolder staging, CancellationToken ct)
    {
        var target = FolderOf(package);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (TryMove(staged, target))
        {
            return;
        }

        // Somebody was faster, or what is there is damaged. Who replaces must be alone, or it might throw out what another has just repaired.
        await ConcurrencyUtilities.ExecuteWithFileLockedAsync(target, token =>
        {
            if (!IsIntact(package, token))
            {
                if (Directory.Exists(target))
                {
                    Directory.Move(target, staging.NewPath());
                }

                Directory.Move(staged, target);
            }

            return Task.FromResult(true);
        }, ct);
    }

    private static bool TryMove(string from, string to)
    {
        if (Directory.Exists(to))
        {
            return false;
        }

        try
        {
            Directory.Move(from, to);
            return true;
        }
        catch (IOException) when (Directory.Exists(to))
        {
            return false;
        }
    }

    private string? ContentHash(string id, NuGetVersion version)
    {
        try
        {
            var file = _paths.GetNupkgMetadataPath(id, version);
            return File.Exists(file) ? NupkgMetadataFileFormat.Read(file).ContentHash : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or Newtonsoft.Json.JsonException)
        {
            return null;
        }
    }
}
