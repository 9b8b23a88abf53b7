using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NuGet.Packaging;
using NuGet.Packaging.Core;
using NuGet.RuntimeModel;
using NuGet.Versioning;
using Orca.Plans;

namespace Orca.Packages;

/// <summary>Resolves a test package and its closure as NuGet does, once, on the leader.</summary>
internal sealed class PackageResolver(PackageOptions options, TimeProvider clock, ILogger? logger = null)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly PackageCache _cache = new(options.CacheFolder);
    private volatile bool _grew;
    private readonly ILogger _logger = logger ?? NullLogger.Instance;

    /// <summary>Chooses the version, walks the dependencies, downloads the closure into the cache and pins its bytes.</summary>
    public async Task<Outcome<PackageLock>> ResolveAsync(PackageRequest request, CancellationToken ct)
    {
        VersionRange? range = null;
        if (!PackageIdValidator.IsValidPackageId(request.Id))
        {
            return new Problem($"'{request.Id}' is no package id.") { Advice = "Write it as NuGet does: letters, digits, '.', '-' and '_'." };
        }

        if (request.Range is not null && !VersionRange.TryParse(request.Range, allowFloating: true, out range))
        {
            return new Problem($"'{request.Range}' is no version of {request.Id}.") { Advice = "Write a version (1.4.0), a floating one (1.4.*) or a range ([1.0,2.0))." };
        }

        if (!PackageFeeds.Open(options).TryGet(out var feeds, out var problems))
        {
            return problems;
        }

        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            return await ResolveAsync(request, range, feeds, either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return new Problem($"Resolving {request} took longer than {Patience.TotalMinutes:0} minutes on the feeds {string.Join(", ", feeds.All)}.") { Advice = "Try again once they are faster." };
        }
        catch (Exception e) when (FeedProblem(e) is { } problem)
        {
            return problem;
        }
        catch (Exception e) when (CacheProblems.FullDisk(e) is null && FeedProblems.IsCorruption(e))
        {
            return new Problem($"What {request} depends on cannot be read: {FeedProblems.Corruption(e)}.") { Advice = "Build the package again." };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException || CacheProblems.FullDisk(e) is not null)
        {
            return CacheProblems.Describe("Using the package cache", _cache.Folder, e);
        }
    }

    /// <summary>Whether a pinned version is one that a request means.</summary>
    public static bool Fits(PackageVersion pinned, PackageRequest request) =>
        string.Equals(pinned.Id, request.Id, StringComparison.OrdinalIgnoreCase)
        && NuGetVersion.TryParse(pinned.Version, out var version)
        && (request.Range is null
            || (Exact(request.Range) is { } exact ? exact.Equals(version) : VersionRange.TryParse(request.Range, allowFloating: true, out var range) && range.Satisfies(version)));

    private async Task<Outcome<PackageLock>> ResolveAsync(PackageRequest request, VersionRange? range, PackageFeeds feeds, CancellationToken ct)
    {
        using var staging = new StagingFolder(_cache.Folder);
        var graph = new PackageGraph(feeds, _cache, options.Limits, staging, ct);
        var version = Exact(request.Range) ?? await ChooseAsync(request.Id, range, feeds, ct);
        if (version is null)
        {
            return await graph.UnknownAsync(request.Id, request.Range ?? "at all", range?.MinVersion, neededBy: null);
        }

        var root = new PackageIdentity(request.Id, version);
        var runtimes = RuntimeGraph.Empty;
        while (true)
        {
            if (!(await WalkAsync(graph, root, runtimes)).TryGet(out var packages, out var problems))
            {
                return problems;
            }

            if (!(await PinAsync(packages, root, feeds, staging, ct)).TryGet(out var pinned, out problems))
            {
                return problems;
            }

            // Packages may depend on others for one runtime only; those that they name are walked the second time.
            if (runtimes == RuntimeGraph.Empty && RuntimeDependencies(pinned) is { } more)
            {
                runtimes = more;
                continue;
            }

            var first = pinned.First(package => string.Equals(package.Id, root.Id, StringComparison.OrdinalIgnoreCase));
            var sealedLock = LockHash.Seal(new PackageVersion(first.Id, first.Version), pinned);
            if (LockRules.Check(sealedLock) is { IsEmpty: false } faults)
            {
                return faults;
            }

            if (_grew)
            {
                new CacheRoom(_cache, clock, _logger).KeepBelow(options.CacheBytes, staging);
            }

            PackagesLog.PackageResolved(_logger, sealedLock.Root, sealedLock.Packages.Length, sealedLock.Hash);
            return sealedLock;
        }
    }

    // Most packages are the same on all runtimes; where some name others for one runtime only, the lock has what any drone may need.
    private async Task<Outcome<ResolvedPackage[]>> WalkAsync(PackageGraph graph, PackageIdentity root, RuntimeGraph runtimes)
    {
        if (!(await graph.WalkAsync(root, runtimes, FrameworkPackages.Runtime)).TryGet(out var own, out var problems))
        {
            return problems;
        }

        var all = own.ToDictionary(package => package.Identity.Id, StringComparer.OrdinalIgnoreCase);
        foreach (var runtime in runtimes == RuntimeGraph.Empty ? [] : FrameworkPackages.Portable.Remove(FrameworkPackages.Runtime))
        {
            if (!(await graph.WalkAsync(root, runtimes, runtime)).TryGet(out var others, out problems))
            {
                PackagesLog.RuntimeLeftOut(_logger, runtime, problems[0].What);
                continue;
            }

            foreach (var other in others)
            {
                if (!all.TryGetValue(other.Identity.Id, out var known))
                {
                    all.Add(other.Identity.Id, other);
                }
                else if (!known.Identity.Equals(other.Identity))
                {
                    PackagesLog.RuntimeLeftOut(_logger, runtime, $"it needs {Nupkg.Name(other.Identity)} where {FrameworkPackages.Runtime} needs {Nupkg.Name(known.Identity)}");
                }
                else
                {
                    all[other.Identity.Id] = known with { Dependencies = [.. known.Dependencies.Union(other.Dependencies, StringComparer.OrdinalIgnoreCase)] };
                }
            }
        }

        return all.Values.ToArray();
    }

    // A test is run as the version that was asked for, or not at all: unlike a dependency, a plain version is no lower bound.
    private static NuGetVersion? Exact(string? range) => NuGetVersion.TryParse(range, out var version) ? version : null;

    private static async Task<NuGetVersion?> ChooseAsync(string id, VersionRange? range, PackageFeeds feeds, CancellationToken ct)
    {
        var versions = (await Task.WhenAll(feeds.For(id).Select(feed => feed.VersionsAsync(id, ct)))).SelectMany(list => list).ToList();
        return range is not null
            ? range.FindBestMatch(versions)
            : versions.Where(version => !version.IsPrerelease).Max() ?? versions.Max();
    }

    private async Task<Outcome<LockedPackage[]>> PinAsync(ResolvedPackage[] packages, PackageIdentity root, PackageFeeds feeds, StagingFolder staging, CancellationToken ct)
    {
        var pinned = new ConcurrentBag<LockedPackage>();
        var problems = new ConcurrentBag<Problem>();
        var writer = new CacheWriter(_cache, options.Limits, feeds.Signatures, staging, NullLogger.Instance);
        await Parallel.ForEachAsync(packages, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = ct }, async (package, token) =>
        {
            var isRoot = string.Equals(package.Identity.Id, root.Id, StringComparison.OrdinalIgnoreCase);
            var file = await FileOfAsync(package, staging, token);
            if (!Nupkg.Read(file, package.Identity, package.Dependencies, isRoot, options.Limits, token).TryGet(out var locked, out var faults))
            {
                problems.Add(faults[0]);
                return;
            }

            var own = OwnFiles.Of(locked, isRoot);
            if (!_cache.IsIntact(own, token))
            {
                if (await writer.AddAsync(own, file, token) is { } problem)
                {
                    problems.Add(problem);
                    return;
                }

                _grew = true;
            }

            pinned.Add(locked);
        });
        return problems.IsEmpty ? pinned.ToArray() : problems.OrderBy(problem => problem.What, StringComparer.Ordinal).ToImmutableArray();
    }

    /// <summary>The package file: a folder's own, because it may have been built anew; else the cached one, else a download.</summary>
    private async Task<string> FileOfAsync(ResolvedPackage package, StagingFolder staging, CancellationToken ct)
    {
        var (id, version) = (package.Identity.Id, package.Identity.Version);
        if (package.Feed is not { IsFolder: true } && _cache.FindWholeNupkg(id, version, ct) is { } kept)
        {
            return kept;
        }

        var file = staging.NewPath(".nupkg");
        return package.Feed is { } feed && await feed.DownloadAsync(package.Identity, file, direct: false, ct)
            ? file
            : throw new PackageFeedException(new Problem($"{id} {version} has vanished from {package.Feed?.ToString() ?? "the cache"} while it was resolved.") { Advice = "Try again." });
    }

    private RuntimeGraph? RuntimeDependencies(LockedPackage[] packages)
    {
        var found = packages
            .Select(package => _cache.FindNupkg(package.Id, NuGetVersion.Parse(package.Version)) is { } file ? Nupkg.RuntimeDependencies(file) : null)
            .OfType<RuntimeGraph>()
            .ToList();
        return found.Count == 0 ? null : found.Aggregate(FrameworkPackages.Runtimes, RuntimeGraph.Merge);
    }

    private static Problem? FeedProblem(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is PackageFeedException { Problem: var problem })
            {
                return problem;
            }
        }

        return null;
    }
}
