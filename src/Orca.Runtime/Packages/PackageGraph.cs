using System.Collections.Immutable;
using NuGet.Common;
using NuGet.Configuration;
using NuGet.DependencyResolver;
using NuGet.LibraryModel;
using NuGet.Packaging.Core;
using NuGet.Protocol.Core.Types;
using NuGet.RuntimeModel;
using NuGet.Versioning;

namespace Orca.Packages;

/// <summary>Walks a package's dependencies with NuGet's own code and judges the outcome.</summary>
internal sealed class PackageGraph(PackageFeeds feeds, PackageCache cache, PackageLimits limits, StagingFolder staging, CancellationToken ct)
{
    /// <summary>The packages of the closure, by id; the problems where NuGet would refuse it.</summary>
    public async Task<Outcome<ResolvedPackage[]>> WalkAsync(PackageIdentity root, RuntimeGraph runtimes, string runtime)
    {
        var context = new RemoteWalkContext(NullSourceCacheContext.Instance, NoMapping(), NullLogger.Instance);

        // Folders first: what was built anew under the same version wins over its cached copy.
        var providers = feeds.All.Select(feed => new FeedProvider(feed, feeds, null, limits, staging, ct)).ToList();
        foreach (var folder in providers.Where(provider => provider.Feed.IsFolder))
        {
            context.LocalLibraryProviders.Add(folder);
        }

        context.LocalLibraryProviders.Add(new FeedProvider(PackageFeed.OfCache(cache.Folder), null, cache, limits, staging, ct));
        providers.ForEach(context.RemoteLibraryProviders.Add);

        var exact = new VersionRange(root.Version, true, root.Version, true);
        var graph = await new RemoteDependencyWalker(context).WalkAsync(
            new LibraryRange(root.Id, exact, LibraryDependencyTarget.Package),
            FrameworkPackages.Framework,
            runtime,
            runtimes,
            recursive: true);

        var problems = Judge(graph.Analyze());
        if (!problems.IsEmpty)
        {
            return problems;
        }

        var nodes = new Dictionary<string, GraphNode<RemoteResolveResult>>(StringComparer.OrdinalIgnoreCase);
        var unresolved = new List<GraphNode<RemoteResolveResult>>();
        graph.ForEach(node =>
        {
            if (node.Disposition == Disposition.Rejected)
            {
                return;
            }

            if (node.Item.Key.Type == LibraryType.Unresolved)
            {
                unresolved.Add(node);
            }
            else if (node.Disposition == Disposition.Accepted)
            {
                nodes.TryAdd(node.Item.Key.Name, node);
            }
        });
        if (unresolved.Count > 0)
        {
            return await UnresolvedAsync(unresolved);
        }

        var resolved = Loaded(root.Id, nodes);
        if (resolved.Length > limits.Packages)
        {
            return new Problem($"{root.Id} {root.Version.ToNormalizedString()} and all that it depends on are {resolved.Length:N0} packages, more than the {limits.Packages:N0} that are taken (limit 'Packages').");
        }

        problems = [.. resolved.SelectMany(CheckShared)];
        return problems.IsEmpty ? resolved : problems;
    }

    /// <summary>The problem of a package, or a version of it, that no feed has.</summary>
    /// <param name="id">The package asked for.</param>
    /// <param name="range">What version of it, as it is shown.</param>
    /// <param name="nearTo">The version near which to look for another, or null.</param>
    /// <param name="neededBy">Who asks for it.</param>
    public async Task<Problem> UnknownAsync(string id, string range, NuGetVersion? nearTo, string? neededBy)
    {
        var versions = (await Task.WhenAll(feeds.For(id).Select(feed => feed.VersionsAsync(id, ct)))).SelectMany(list => list).Distinct().Order().ToList();
        var needed = neededBy is null ? "" : $", which {neededBy} needs,";
        if (versions.Count == 0)
        {
            return new Problem($"Package {id}{needed} is on none of the feeds ({feeds.Asked(id)}).")
            {
                Advice = "Correct the id, push the package to one of them, or add the feed that has it to nuget.config.",
            };
        }

        var nearest = versions.FirstOrDefault(version => nearTo is null || version >= nearTo) ?? versions[^1];
        return new Problem($"Package {id}{needed} has no version {range} on the feeds ({feeds.Asked(id)}): found {versions.Count} {(versions.Count == 1 ? "version" : "versions")}, nearest {nearest.ToNormalizedString()}.")
        {
            Advice = neededBy is null ? $"Ask for {id}@{nearest.ToNormalizedString()}, or push the version that you mean." : "Push that version to one of them.",
        };
    }

    // The providers heed the mapping themselves, because folders are asked as local ones too.
    private static PackageSourceMapping NoMapping() => new(ImmutableDictionary<string, IReadOnlyList<string>>.Empty);

    private static ImmutableArray<Problem> Judge(AnalyzeResult<RemoteResolveResult> analysis) =>
    [
        .. analysis.Cycles.Select(cycle => new Problem($"Cycle detected: {cycle.GetPath()}.")
        {
            Advice = "Remove one of these dependencies.",
        }),
        .. analysis.VersionConflicts.Select(conflict => new Problem($"Version conflict detected for {conflict.Selected.Key.Name}: {conflict.Selected.GetPathWithLastRange()} against {conflict.Conflicting.GetPathWithLastRange()}.")
        {
            Advice = $"Make the test package depend on the version of {conflict.Selected.Key.Name} that it shall have.",
        }),
        .. analysis.Downgrades.Select(downgrade => new Problem($"Detected package downgrade: {downgrade.DowngradedFrom.Key.Name} from {downgrade.DowngradedFrom.GetVersionRange().MinVersion} to {downgrade.DowngradedTo.GetVersionOrDefault()?.ToNormalizedString()}: {downgrade.DowngradedFrom.GetPathWithLastRange()} against {downgrade.DowngradedTo.GetPathWithLastRange()}.")
        {
            Advice = $"Make the test package depend on {downgrade.DowngradedFrom.Key.Name} {downgrade.DowngradedFrom.GetVersionRange().MinVersion} or newer.",
        }),
    ];

    private async Task<ImmutableArray<Problem>> UnresolvedAsync(List<GraphNode<RemoteResolveResult>> nodes)
    {
        var problems = ImmutableArray.CreateBuilder<Problem>();
        foreach (var node in nodes.DistinctBy(node => node.Key.ToString()))
        {
            var range = node.Key.VersionRange!;
            var shown = range.HasLowerAndUpperBounds && range.MinVersion == range.MaxVersion ? range.MinVersion!.ToNormalizedString() : range.PrettyPrint();
            problems.Add(await UnknownAsync(node.Key.Name, shown, range.MinVersion, node.OuterNode is { } outer ? $"{outer.Item.Key.Name} {outer.Item.Key.Version.ToNormalizedString()}" : null));
        }

        return problems.ToImmutable();
    }

    /// <summary>What is reached from the root by dependencies that bring something to load.</summary>
    private static ResolvedPackage[] Loaded(string root, Dictionary<string, GraphNode<RemoteResolveResult>> nodes)
    {
        const LibraryIncludeFlags Loads = LibraryIncludeFlags.Runtime | LibraryIncludeFlags.Native | LibraryIncludeFlags.ContentFiles;
        var loaded = new SortedDictionary<string, ResolvedPackage>(StringComparer.OrdinalIgnoreCase);
        var open = new Stack<string>([root]);
        while (open.TryPop(out var id))
        {
            if (loaded.ContainsKey(id) || !nodes.TryGetValue(id, out var node))
            {
                continue;
            }

            var dependencies = node.Item.Data.Dependencies
                .Where(dependency => nodes.ContainsKey(dependency.Name) && (dependency.IncludeType & Loads) != 0)
                .Select(dependency => nodes[dependency.Name].Item.Key.Name)
                .ToImmutableArray();
            var provider = (FeedProvider)node.Item.Data.Match.Provider;
            loaded[id] = new ResolvedPackage(new PackageIdentity(node.Item.Key.Name, node.Item.Key.Version), dependencies, provider.IsCache ? null : provider.Feed, provider.SharedNeeds(node.Item.Key));
            foreach (var dependency in dependencies)
            {
                open.Push(dependency);
            }
        }

        return [.. loaded.Values];
    }

    private static IEnumerable<Problem> CheckShared(ResolvedPackage package)
    {
        var name = $"{package.Identity.Id} {package.Identity.Version.ToNormalizedString()}";
        foreach (var need in package.Shared)
        {
            if (need.Range.MinVersion is { } version
                && (string.Equals(need.Id, SharedAssemblies.ContractName, StringComparison.OrdinalIgnoreCase)
                    ? SharedAssemblies.CheckContract(name, version)
                    : SharedAssemblies.CheckShared(name, need.Id, version.Major)) is { } problem)
            {
                yield return problem;
            }
        }
    }
}
