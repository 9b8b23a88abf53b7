using NuGet.Client;
using NuGet.ContentModel;
using NuGet.Frameworks;

namespace Orca.Packages;

/// <summary>Chooses the files of a package that fit this framework and runtime, by NuGet's conventions.</summary>
internal static class AssetSelection
{
    /// <summary>The chosen files, ordered by path; a problem where the package is for other frameworks only.</summary>
    public static Outcome<SelectedAsset[]> Select(string package, IReadOnlyCollection<string> files, bool isRoot)
    {
        // One for each package: it remembers what it parsed without a lock, and packages are read side by side.
        var conventions = new ManagedCodeConventions(FrameworkPackages.Runtimes);
        var collection = new ContentItemCollection();
        collection.Load(files);
        var assemblies = Best(collection, conventions, conventions.Patterns.RuntimeAssemblies);
        var natives = Best(collection, conventions, conventions.Patterns.NativeLibraries);
        var satellites = Best(collection, conventions, conventions.Patterns.ResourceAssemblies);
        if (assemblies.Count == 0 && natives.Count == 0 && Frameworks(files) is { Count: > 0 } frameworks
            && NuGetFrameworkUtility.GetNearest(frameworks, FrameworkPackages.Framework, framework => framework) is null)
        {
            return new Problem($"{package} supports {string.Join(", ", frameworks.Select(framework => framework.GetShortFolderName()))}, not {FrameworkPackages.Framework.GetShortFolderName()}.")
            {
                Advice = "Take a version that supports it, or build it for it.",
            };
        }

        var chosen = new SortedDictionary<string, SelectedAsset>(StringComparer.Ordinal);
        Add(assemblies.Where(item => IsAssembly(item.Path)), AssetKind.Assembly);
        Add(natives, AssetKind.Native);
        Add(satellites, AssetKind.Satellite);
        foreach (var path in Content(files, chosen.Values, isRoot))
        {
            chosen.TryAdd(path, new SelectedAsset(path, AssetKind.Content, null));
        }

        return chosen.Values.ToArray();

        void Add(IEnumerable<ContentItem> items, AssetKind kind)
        {
            foreach (var item in items.Where(item => Path.GetFileName(item.Path) != "_._"))
            {
                var culture = kind == AssetKind.Satellite ? item.Properties["locale"] as string : null;
                chosen.TryAdd(item.Path, new SelectedAsset(item.Path, kind, culture));
            }
        }
    }

    private static IList<ContentItem> Best(ContentItemCollection collection, ManagedCodeConventions conventions, PatternSet pattern)
    {
        var criteria = conventions.Criteria.ForFrameworkAndRuntime(FrameworkPackages.Framework, FrameworkPackages.Runtime);
        return collection.FindBestItemGroup(criteria, pattern)?.Items ?? [];
    }

    /// <summary>The plan at the root, content files for any language, and what lies beside the root's assemblies.</summary>
    private static IEnumerable<string> Content(IReadOnlyCollection<string> files, IEnumerable<SelectedAsset> chosen, bool isRoot)
    {
        var content = files.Where(file => file.StartsWith("contentFiles/any/", StringComparison.OrdinalIgnoreCase) && Path.GetFileName(file) != "_._");
        if (!isRoot)
        {
            return content.ToList();
        }

        var folders = chosen.Where(asset => asset.Kind == AssetKind.Assembly).Select(asset => Path.GetDirectoryName(asset.Path)!.Replace('\\', '/') + "/").ToHashSet(StringComparer.Ordinal);
        return content
            .Concat(files.Where(file => file.StartsWith("orca.", StringComparison.Ordinal) && file.EndsWith(".json", StringComparison.Ordinal) && !file.Contains('/')))
            .Concat(files.Where(file => folders.Any(folder => file.StartsWith(folder, StringComparison.Ordinal)) && IsData(file)))
            .ToList();
    }

    private static bool IsAssembly(string path) => Path.GetExtension(path).ToLowerInvariant() is ".dll" or ".exe";

    private static bool IsData(string path) => Path.GetExtension(path).ToLowerInvariant() is not (".dll" or ".exe" or ".winmd" or ".xml" or ".pdb");

    private static List<NuGetFramework> Frameworks(IEnumerable<string> files) =>
        [.. files.Select(file => file.Split('/')).Where(parts => parts is ["lib", _, _, ..]).Select(parts => NuGetFramework.ParseFolder(parts[1])).Distinct()];
}
