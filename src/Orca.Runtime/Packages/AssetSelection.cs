using NuGet.Client;
using NuGet.ContentModel;
using NuGet.Frameworks;

namespace Orca.Packages;

/// <summary>Chooses the files of a package that fit this framework, and one runtime or all of them, by NuGet's conventions.</summary>
internal static class AssetSelection
{
    /// <summary>What a lock pins: whatever some drone may choose, ordered by path; a problem where the package is for other frameworks only.</summary>
    public static Outcome<SelectedAsset[]> ForAnyRuntime(string package, IReadOnlyCollection<string> files, bool isRoot)
    {
        // A drone's choice is always that of one of the folders in the package, so the sum over the folders has all of them.
        var chosen = new SortedDictionary<string, SelectedAsset>(StringComparer.Ordinal);
        foreach (var runtime in Runtimes(files).Prepend(FrameworkPackages.Runtime))
        {
            foreach (var asset in Choose(files, runtime, isRoot))
            {
                chosen.TryAdd(asset.Path, asset);
            }
        }

        if (!chosen.Values.Any(asset => asset.Kind is AssetKind.Assembly or AssetKind.Native) && Frameworks(files) is { Count: > 0 } frameworks
            && NuGetFrameworkUtility.GetNearest(frameworks, FrameworkPackages.Framework, framework => framework) is null)
        {
            return new Problem($"{package} supports {string.Join(", ", frameworks.Select(framework => framework.GetShortFolderName()))}, not {FrameworkPackages.Framework.GetShortFolderName()}.")
            {
                Advice = "Take a version that supports it, or build it for it.",
            };
        }

        return chosen.Values.ToArray();
    }

    /// <summary>What is loaded on one runtime, of the files that a lock pins.</summary>
    public static HashSet<string> ForRuntime(IReadOnlyCollection<string> files, string runtime, bool isRoot) =>
        Choose(files, runtime, isRoot).Select(asset => asset.Path).ToHashSet(StringComparer.Ordinal);

    private static List<SelectedAsset> Choose(IReadOnlyCollection<string> files, string runtime, bool isRoot)
    {
        // One for each package: it remembers what it parsed without a lock, and packages are read side by side.
        var conventions = new ManagedCodeConventions(FrameworkPackages.Runtimes);
        var criteria = conventions.Criteria.ForFrameworkAndRuntime(FrameworkPackages.Framework, runtime);
        var collection = new ContentItemCollection();
        collection.Load(files);
        var chosen = new List<SelectedAsset>();
        Add(conventions.Patterns.RuntimeAssemblies, AssetKind.Assembly);
        Add(conventions.Patterns.NativeLibraries, AssetKind.Native);
        Add(conventions.Patterns.ResourceAssemblies, AssetKind.Satellite);
        var loaded = chosen.Select(asset => asset.Path).ToHashSet(StringComparer.Ordinal);
        chosen.AddRange(Content(files, chosen, isRoot).Distinct(StringComparer.Ordinal).Where(path => !loaded.Contains(path)).Select(path => new SelectedAsset(path, AssetKind.Content, null)).ToList());
        return chosen;

        void Add(PatternSet pattern, AssetKind kind)
        {
            foreach (var item in collection.FindBestItemGroup(criteria, pattern)?.Items ?? [])
            {
                if (Path.GetFileName(item.Path) != "_._" && (kind != AssetKind.Assembly || IsAssembly(item.Path)))
                {
                    chosen.Add(new(item.Path, kind, kind == AssetKind.Satellite ? item.Properties["locale"] as string : null));
                }
            }
        }
    }

    private static IEnumerable<string> Runtimes(IEnumerable<string> files) => files
        .Where(file => file.StartsWith("runtimes/", StringComparison.OrdinalIgnoreCase))
        .Select(file => file.Split('/')[1])
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .Where(FrameworkPackages.Runtimes.Runtimes.ContainsKey);

    /// <summary>The plan at the root, content files for any language, and what lies beside the root's assemblies.</summary>
    private static IEnumerable<string> Content(IReadOnlyCollection<string> files, IEnumerable<SelectedAsset> chosen, bool isRoot)
    {
        var content = files.Where(file => file.StartsWith("contentFiles/any/", StringComparison.OrdinalIgnoreCase) && Path.GetFileName(file) != "_._");
        if (!isRoot)
        {
            return content;
        }

        var all = files.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var folders = chosen.Where(asset => asset.Kind == AssetKind.Assembly).Select(asset => Path.GetDirectoryName(asset.Path)!.Replace('\\', '/') + "/").ToHashSet(StringComparer.Ordinal);
        return content
            .Concat(files.Where(file => file.StartsWith("orca.", StringComparison.Ordinal) && file.EndsWith(".json", StringComparison.Ordinal) && !file.Contains('/')))
            .Concat(files.Where(file => folders.Any(folder => file.StartsWith(folder, StringComparison.Ordinal)) && IsData(file, all)));
    }

    private static bool IsAssembly(string path) => Path.GetExtension(path).ToLowerInvariant() is ".dll" or ".exe";

    // Documentation bears its assembly's name; any other .xml is data.
    private static bool IsData(string path, HashSet<string> all) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".dll" or ".exe" or ".winmd" or ".pdb" => false,
        ".xml" => !all.Contains(Path.ChangeExtension(path, ".dll")) && !all.Contains(Path.ChangeExtension(path, ".exe")),
        _ => true,
    };

    private static List<NuGetFramework> Frameworks(IEnumerable<string> files) =>
        [.. files.Select(file => file.Split('/')).Where(parts => parts is ["lib", _, _, ..]).Select(parts => NuGetFramework.ParseFolder(parts[1])).Distinct()];
}
