using NuGet.Common;
using NuGet.Configuration;
using NuGet.Packaging.Core;
using NuGet.Protocol;
using NuGet.Protocol.Core.Types;
using NuGet.Versioning;

namespace Orca.Packages;

/// <summary>One feed: lists versions, reads dependencies, downloads packages; every failure names the feed.</summary>
internal sealed class PackageFeed
{
    // Versions are listed afresh, so that a package pushed a moment ago is found; packages never change on a web feed.
    private static readonly SourceCacheContext Fresh = new() { NoCache = true };
    private static readonly SourceCacheContext Cached = new();
    private static readonly SourceCacheContext Direct = new() { NoCache = true, DirectDownload = true };

    private readonly SourceRepository _repository;

    public PackageFeed(PackageSource source)
        : this(source, Repository.Factory.GetCoreV3(source))
    {
    }

    private PackageFeed(PackageSource source, SourceRepository repository)
    {
        Source = source;
        Address = FeedProblems.Redact(source.Source);
        _repository = repository;
    }

    /// <summary>The cache seen as a feed.</summary>
    public static PackageFeed OfCache(string folder) =>
        new(new PackageSource(folder, "cache"), Repository.Factory.GetCoreV3(folder, FeedType.FileSystemV3));

    public PackageSource Source { get; }

    /// <summary>The folder or address, without credentials.</summary>
    public string Address { get; }

    public bool IsFolder => Source.IsLocal;

    public override string ToString() => Source.Name == Source.Source ? $"'{Address}'" : $"'{FeedProblems.Redact(Source.Name)}' ({Address})";

    public Task<IReadOnlyList<NuGetVersion>> VersionsAsync(string id, CancellationToken ct) =>
        GuardAsync<IReadOnlyList<NuGetVersion>>($"Listing the versions of {id}", async resource =>
            [.. await resource.GetAllVersionsAsync(id, Fresh, NullLogger.Instance, ct) ?? []], ct);

    /// <summary>What a cached package depends on; it was looked at when it was cached.</summary>
    public Task<FindPackageByIdDependencyInfo?> DependenciesAsync(string id, NuGetVersion version, CancellationToken ct) =>
        GuardAsync($"Reading {id} {version}", resource =>
            resource.GetDependencyInfoAsync(id, version, Cached, NullLogger.Instance, ct)!, ct);

    /// <summary>What a package depends on, read from its file once that was looked at; null where the feed does not have it.</summary>
    public Task<FindPackageByIdDependencyInfo?> DependenciesAsync(PackageIdentity package, PackageLimits limits, StagingFolder staging, CancellationToken ct) =>
        GuardAsync($"Reading {package.Id} {package.Version}", async resource =>
        {
            var file = staging.NewPath(".nupkg");
            using var downloader = await resource.GetPackageDownloaderAsync(package, Cached, NullLogger.Instance, ct);
            if (downloader is null || !await downloader.CopyNupkgFileToAsync(file, ct))
            {
                return null;
            }

            return NupkgShape.Check(file, Nupkg.Name(package), limits) is { } refused
                ? throw new PackageFeedException(refused with { Where = Address })
                : Nupkg.Dependencies(file);
        }, ct);

    /// <summary>Downloads a package to a file, directly or through NuGet's cache of web answers; false where the feed does not have it.</summary>
    public Task<bool> DownloadAsync(PackageIdentity package, string file, bool direct, CancellationToken ct) =>
        GuardAsync($"Downloading {package.Id} {package.Version}", async resource =>
        {
            var context = direct ? Direct : Cached;
            using var downloader = await resource.GetPackageDownloaderAsync(package, context, NullLogger.Instance, ct);
            return downloader is not null && await downloader.CopyNupkgFileToAsync(file, ct);
        }, ct);

    private async Task<T> GuardAsync<T>(string action, Func<FindPackageByIdResource, Task<T>> use, CancellationToken ct)
    {
        try
        {
            if (!IsFolder && await _repository.GetResourceAsync<HttpSourceResource>(ct) is { } http && http.HttpSource.RetryHandler is not BoundedRetryHandler)
            {
                http.HttpSource.RetryHandler = new BoundedRetryHandler();
            }

            return await use((await _repository.GetResourceAsync<FindPackageByIdResource>(ct))!);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e) when (CacheProblems.FullDisk(e) is { } full)
        {
            // Not the feed's fault: the disk that packages, or NuGet's answers from the web, are written to.
            throw new IOException(full.Message, full);
        }
        catch (Exception e) when (e is not PackageFeedException)
        {
            throw new PackageFeedException(FeedProblems.Describe(this, action, e));
        }
    }
}
