using System.Collections.Concurrent;
using NuGet.Common;
using NuGet.Configuration;
using NuGet.DependencyResolver;
using NuGet.Frameworks;
using NuGet.LibraryModel;
using NuGet.Packaging;
using NuGet.Packaging.Core;
using NuGet.Protocol.Core.Types;
using NuGet.Versioning;

namespace Orca.Packages;

/// <summary>Shows one feed to NuGet's dependency walker, without what the framework and the host provide.</summary>
internal sealed class FeedProvider(PackageFeed feed, PackageFeeds? feeds, PackageCache? cache, PackageLimits limits, StagingFolder staging, CancellationToken ct) : IRemoteDependencyProvider
{
    private readonly ConcurrentDictionary<LibraryIdentity, IReadOnlyList<SharedNeed>> _shared = new();

    public PackageFeed Feed => feed;

    public bool IsCache => cache is not null;

    public bool IsHttp => !feed.IsFolder;

    public PackageSource Source => feed.Source;

    public SourceRepository? SourceRepository => null;

    /// <summary>What a package that was walked asks of the host.</summary>
    public IReadOnlyList<SharedNeed> SharedNeeds(LibraryIdentity library) => _shared.GetValueOrDefault(library, []);

    public async Task<LibraryIdentity?> FindLibraryAsync(LibraryRange libraryRange, NuGetFramework targetFramework, SourceCacheContext cacheContext, ILogger logger, CancellationToken cancellationToken)
    {
        var (id, range) = (libraryRange.Name, libraryRange.VersionRange ?? VersionRange.All);
        if (cache is not null)
        {
            // Only an exact hit counts; a cached version that merely fits must not outdo what a feed has.
            return range is { IsFloating: false, IsMinInclusive: true, MinVersion: { } version } && cache.FindWholeNupkg(id, version, ct) is not null
                ? new LibraryIdentity(id, version, LibraryType.Package)
                : null;
        }

        if (!feeds!.Serves(feed, id))
        {
            return null;
        }

        var versions = await feed.VersionsAsync(id, ct);
        return range.FindBestMatch(versions) is { } best ? new LibraryIdentity(id, best, LibraryType.Package) : null;
    }

    public async Task<LibraryDependencyInfo> GetDependenciesAsync(LibraryIdentity libraryIdentity, NuGetFramework targetFramework, SourceCacheContext cacheContext, ILogger logger, CancellationToken cancellationToken)
    {
        var read = IsCache
            ? feed.DependenciesAsync(libraryIdentity.Name, libraryIdentity.Version, ct)
            : feed.DependenciesAsync(new PackageIdentity(libraryIdentity.Name, libraryIdentity.Version), limits, staging, ct);
        if (await read is not { } info)
        {
            throw new PackageFeedException(new Problem($"Feed {feed} lists {libraryIdentity.Name} {libraryIdentity.Version}, but does not serve it.") { Where = feed.Address });
        }

        var group = NuGetFrameworkUtility.GetNearest(info.DependencyGroups, targetFramework, item => item.TargetFramework);
        var asked = group?.Packages.ToList() ?? [];
        var library = new LibraryIdentity(info.PackageIdentity.Id, info.PackageIdentity.Version, LibraryType.Package);
        _shared[library] = [.. asked.Where(IsShared).Select(dependency => new SharedNeed(dependency.Id, dependency.VersionRange))];
        return LibraryDependencyInfo.Create(
            library,
            targetFramework,
            [.. asked.Where(dependency => !IsShared(dependency) && !FrameworkPackages.Provides(dependency.Id, dependency.VersionRange)).Select(Dependency)]);
    }

    public Task<IPackageDownloader> GetPackageDownloaderAsync(PackageIdentity packageIdentity, SourceCacheContext cacheContext, ILogger logger, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The walker downloads nothing.");

    public async Task<IEnumerable<NuGetVersion>?> GetAllVersionsAsync(string id, SourceCacheContext cacheContext, ILogger logger, CancellationToken token) =>
        cache is null && feeds!.Serves(feed, id) ? await feed.VersionsAsync(id, ct) : [];

    private static bool IsShared(PackageDependency dependency) => SharedAssemblies.All.ContainsKey(dependency.Id);

    private static LibraryDependency Dependency(PackageDependency dependency)
    {
        var included = dependency.Include.Count > 0 ? LibraryIncludeFlagUtils.GetFlags(dependency.Include) : LibraryIncludeFlags.All;
        return new LibraryDependency(new LibraryRange(dependency.Id, dependency.VersionRange, LibraryDependencyTarget.Package))
        {
            IncludeType = included & ~LibraryIncludeFlagUtils.GetFlags(dependency.Exclude),
        };
    }
}
