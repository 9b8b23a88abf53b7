using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NuGet.Packaging.Core;
using NuGet.Versioning;

namespace Orca.Packages;

/// <summary>Installs exactly what a lock pins, from own feeds or the cache, and compares every hash.</summary>
internal sealed class PackageInstaller(PackageOptions options, ILogger? logger = null, TimeProvider? clock = null)
{
    private const int Parallelism = 8;

    private readonly PackageCache _cache = new(options.CacheFolder);
    private readonly ILogger _logger = logger ?? NullLogger.Instance;
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <summary>Installs a lock. What is cached and intact needs no feed; a damaged entry is replaced; other bytes are refused.</summary>
    public async Task<Outcome<InstalledPackage>> InstallAsync(PackageLock pinned, CancellationToken ct)
    {
        if (LockRules.Check(pinned) is { IsEmpty: false } faults)
        {
            return faults;
        }

        if (pinned.Packages.Length > options.Limits.Packages)
        {
            return new Problem($"{pinned.Root} and all that it depends on are {pinned.Packages.Length:N0} packages, more than the {options.Limits.Packages:N0} that are taken (limit 'Packages').");
        }

        try
        {
            var own = OwnFiles.Of(pinned);
            var missing = await MissingAsync(own, ct);
            if (missing.IsEmpty)
            {
                StagingFolder.Sweep(_cache.Folder);
            }
            else if (await FetchAsync(missing, ct) is { IsEmpty: false } problems)
            {
                return problems;
            }

            if (new LockClosure(_cache, pinned).Check() is { } stranger)
            {
                return stranger;
            }
        }
        catch (Exception e) when (CacheProblems.FullDisk(e) is null && FeedProblems.IsCorruption(e))
        {
            return new Problem($"What {pinned.Root} depends on cannot be read: {FeedProblems.Corruption(e)}.") { Advice = "Build the package again." };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException || CacheProblems.FullDisk(e) is not null)
        {
            return CacheProblems.Describe("Using the package cache", _cache.Folder, e);
        }

        return Find(pinned);
    }

    /// <summary>Keeps what a lock pins in the cache until disposed.</summary>
    public PackageLease Hold(PackageLock pinned) => new(OwnFiles.Of(pinned).Select(_cache.MarkerOf));

    /// <summary>What another has installed into this cache and verified: each file is compared once more when it is loaded.</summary>
    public Outcome<InstalledPackage> Find(PackageLock pinned) =>
        new InstalledPackage(
            pinned,
            _cache.FolderOf(pinned.Packages[0]),
            [.. from package in OwnFiles.Of(pinned)
                let folder = _cache.FolderOf(package)
                from asset in package.Assets
                select new InstalledAsset(new PackageVersion(package.Id, package.Version), asset, Path.Combine(folder, asset.Path))]);

    private async Task<ImmutableArray<LockedPackage>> MissingAsync(IReadOnlyList<LockedPackage> packages, CancellationToken ct)
    {
        var missing = new ConcurrentBag<LockedPackage>();
        await Parallel.ForEachAsync(packages, Limits(ct), (package, token) =>
        {
            if (_cache.IsIntact(package, token))
            {
                // At once, lest this very installation makes room by throwing it out.
                _cache.Touch(package, _clock.GetUtcNow());
            }
            else
            {
                missing.Add(package);
            }

            return default;
        });
        return [.. missing.OrderBy(package => package.Id, StringComparer.OrdinalIgnoreCase)];
    }

    private async Task<ImmutableArray<Problem>> FetchAsync(ImmutableArray<LockedPackage> missing, CancellationToken ct)
    {
        if (!PackageFeeds.Open(options).TryGet(out var feeds, out var problems))
        {
            return problems;
        }

        var found = new ConcurrentBag<(string Id, Problem Problem)>();
        using var staging = new StagingFolder(_cache.Folder);
        var writer = new CacheWriter(_cache, options.Limits, feeds.Signatures, staging, _logger);
        await Parallel.ForEachAsync(missing, Limits(ct), async (package, token) =>
        {
            if (await FetchAsync(package, feeds, writer, staging, token) is { } problem)
            {
                found.Add((package.Id, problem));
            }
        });
        new CacheRoom(_cache, _clock, _logger).KeepBelow(options.CacheBytes, staging);
        return [.. found.OrderBy(entry => entry.Id, StringComparer.OrdinalIgnoreCase).Select(entry => entry.Problem)];
    }

    private async Task<Problem?> FetchAsync(LockedPackage package, PackageFeeds feeds, CacheWriter writer, StagingFolder staging, CancellationToken ct)
    {
        // The cache keeps the package file too: one that is whole repairs its own entry.
        if (await writer.RepairAsync(package, ct) is { } problem)
        {
            return problem;
        }

        if (_cache.IsIntact(package, ct))
        {
            return null;
        }

        var identity = new PackageIdentity(package.Id, NuGetVersion.Parse(package.Version));
        Problem? refused = null;
        Problem? failed = null;
        foreach (var feed in feeds.For(package.Id))
        {
            var file = staging.NewPath(".nupkg");
            try
            {
                if (!await feed.DownloadAsync(identity, file, direct: false, ct))
                {
                    continue;
                }

                if (Nupkg.Is(file, package.Sha512, ct) || (!feed.IsFolder && await feed.DownloadAsync(identity, file, direct: true, ct) && Nupkg.Is(file, package.Sha512, ct)))
                {
                    return await writer.AddAsync(package, file, ct);
                }

                refused ??= new Problem($"Feed {feed} serves other bytes for {package.Id} {package.Version} than those that are pinned.")
                {
                    Where = feed.Address,
                    Advice = "Make leader and drones use the same feed, or give what was built anew a new version; `orca lock` renews a lock file.",
                };
            }
            catch (PackageFeedException e)
            {
                failed ??= e.Problem;
                PackagesLog.FeedPassedOver(_logger, feed.Address, package.Id, package.Version, e.Problem.What);
            }
        }

        return refused ?? failed ?? new Problem($"{package.Id} {package.Version}, which is pinned, is on none of the feeds here ({feeds.Asked(package.Id)}).")
        {
            Advice = "Push it to one of them, or add the feed that has it to nuget.config.",
        };
    }

    private static ParallelOptions Limits(CancellationToken ct) => new() { MaxDegreeOfParallelism = Parallelism, CancellationToken = ct };
}
