using System.Collections.Immutable;
using NuGet.Frameworks;
using NuGet.Packaging;
using NuGet.Packaging.Core;
using NuGet.RuntimeModel;
using NuGet.Versioning;

namespace Orca.Packages;

/// <summary>
/// Whether all that a lock pins belongs to its root, by what the packages themselves say: else whoever announces an allowed
/// package could have a drone load any other along with it.
/// </summary>
internal sealed class LockClosure(PackageCache cache, PackageLock pinned)
{
    /// <summary>A problem that names the first package that nothing asks for, or null.</summary>
    public Problem? Check()
    {
        var installed = OwnFiles.Of(pinned).ToDictionary(package => package.Id, StringComparer.OrdinalIgnoreCase);
        var reached = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { pinned.Root.Id };
        var open = new Stack<LockedPackage>([installed[pinned.Root.Id]]);
        var all = pinned.Packages.ToDictionary(package => package.Id, StringComparer.OrdinalIgnoreCase);
        while (open.TryPop(out var package))
        {
            // What is not installed here, because it is for other runtimes, reaches nothing: only the lock says what it depends on.
            foreach (var dependency in installed.ContainsKey(package.Id) ? DependenciesOf(package) : [])
            {
                if (all.TryGetValue(dependency.Id, out var found) && dependency.VersionRange.Satisfies(NuGetVersion.Parse(found.Version)) && reached.Add(found.Id))
                {
                    open.Push(found);
                }
            }
        }

        return installed.Keys.FirstOrDefault(id => !reached.Contains(id)) is { } stranger
            ? new Problem($"The package lock pins {stranger} {all[stranger].Version}, which nothing in the closure of {pinned.Root} asks for.")
            {
                Advice = "Have the leader resolve the package again; if it says the same, do not trust that leader.",
            }
            : null;
    }

    private IEnumerable<PackageDependency> DependenciesOf(LockedPackage package)
    {
        var folder = cache.FolderOf(package);
        var nuspec = new NuspecReader(Path.Combine(folder, package.Id.ToLowerInvariant() + ".nuspec"));
        var own = NuGetFrameworkUtility.GetNearest(nuspec.GetDependencyGroups(), FrameworkPackages.Framework, group => group.TargetFramework)?.Packages ?? [];
        return own.Concat(ByRuntime(Path.Combine(folder, RuntimeGraph.RuntimeGraphFileName)));
    }

    private static ImmutableArray<PackageDependency> ByRuntime(string file)
    {
        if (!File.Exists(file))
        {
            return [];
        }

        using var stream = File.OpenRead(file);
        return
        [
            .. JsonRuntimeFormat.ReadRuntimeGraph(stream).Runtimes.Values
                .SelectMany(runtime => runtime.RuntimeDependencySets.Values)
                .SelectMany(set => set.Dependencies.Values)
                .Select(dependency => new PackageDependency(dependency.Id, dependency.VersionRange)),
        ];
    }
}
