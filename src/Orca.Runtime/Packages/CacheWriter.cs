using Microsoft.Extensions.Logging;
using NuGet.Common;
using NuGet.Packaging;
using NuGet.Packaging.Core;
using NuGet.Packaging.Signing;
using NuGet.Versioning;
using ILogger = Microsoft.Extensions.Logging.ILogger;

namespace Orca.Packages;

/// <summary>
/// Puts packages into a cache and repairs what is there. Who writes an entry is alone with it, among all processes of a
/// user: else one would throw out what another has just repaired, or read a package file that another puts aside.
/// </summary>
internal sealed class CacheWriter(PackageCache cache, PackageLimits limits, ClientPolicyContext signatures, StagingFolder staging, ILogger logger)
{
    /// <summary>Makes an entry anew from the package file that it keeps, where that file is still what was downloaded.</summary>
    /// <returns>A problem, or null.</returns>
    public Task<Problem?> RepairAsync(LockedPackage package, CancellationToken ct) =>
        WriteAsync(package, () => cache.FindNupkg(package.Id, NuGetVersion.Parse(package.Version)) is { } kept && Nupkg.Is(kept, package.Sha512, ct) ? kept : null, ct);

    /// <summary>Extracts a package file whose hashes were compared, checks what came out, and publishes it.</summary>
    /// <returns>A problem, or null.</returns>
    public Task<Problem?> AddAsync(LockedPackage package, string nupkg, CancellationToken ct) => WriteAsync(package, () => nupkg, ct);

    private async Task<Problem?> WriteAsync(LockedPackage package, Func<string?> findNupkg, CancellationToken ct)
    {
        try
        {
            return await ConcurrencyUtilities.ExecuteWithFileLockedAsync(
                cache.FolderOf(package),
                async token => cache.IsIntact(package, token) || findNupkg() is not { } nupkg ? null : await WriteAloneAsync(package, nupkg, token),
                ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException || CacheProblems.FullDisk(e) is not null)
        {
            return CacheProblems.Describe($"Writing {package.Id} {package.Version} into the package cache", cache.Folder, e);
        }
    }

    private async Task<Problem?> WriteAloneAsync(LockedPackage package, string nupkg, CancellationToken ct)
    {
        var identity = new PackageIdentity(package.Id, NuGetVersion.Parse(package.Version));
        var staged = new PackageCache(staging.NewPath());
        try
        {
            if (NupkgShape.Check(nupkg, Nupkg.Name(identity), limits) is { } refused)
            {
                return refused;
            }

            await ExtractAsync(identity, nupkg, staged, ct);
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

        if (!staged.IsIntact(package, ct))
        {
            return new Problem($"The package file of {package.Id} {package.Version} does not hold the files that the lock pins.")
            {
                Advice = "Have the leader resolve the package again.",
            };
        }

        Publish(staged, package, ct);
        return null;
    }

    private async Task ExtractAsync(PackageIdentity package, string nupkg, PackageCache into, CancellationToken ct)
    {
        var context = new PackageExtractionContext(PackageSaveMode.Defaultv3, XmlDocFileSaveMode.None, signatures, NullLogger.Instance);
        await PackageExtractor.InstallFromSourceAsync(
            source: "",
            package,
            async stream =>
            {
                await using var file = File.OpenRead(nupkg);
                await file.CopyToAsync(stream, ct);
            },
            into.Paths,
            context,
            ct);
    }

    private void Publish(PackageCache staged, LockedPackage package, CancellationToken ct)
    {
        var (from, to) = (staged.FolderOf(package), cache.FolderOf(package));
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        var replaced = false;
        while (!TryMove(from, to))
        {
            // Another user's process, or another container's, is not kept out: what it has made is as good.
            if (cache.IsIntact(package, ct))
            {
                return;
            }

            PutAside(to);
            replaced = true;
        }

        PackagesLog.PackageInstalled(logger, package.Id, package.Version);
        if (replaced)
        {
            PackagesLog.CacheEntryReplaced(logger, package.Id, package.Version);
        }
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

    private void PutAside(string folder)
    {
        try
        {
            Directory.Move(folder, staging.NewPath());
        }
        catch (DirectoryNotFoundException)
        {
            // Whoever makes room was faster.
        }
    }
}
