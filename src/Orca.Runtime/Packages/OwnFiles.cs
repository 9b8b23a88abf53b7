namespace Orca.Packages;

/// <summary>What of a pinned package this process loads: a lock holds the files of all runtimes that the package is for.</summary>
internal static class OwnFiles
{
    public static LockedPackage Of(LockedPackage package, bool isRoot)
    {
        var own = AssetSelection.ForRuntime([.. package.Assets.Select(asset => asset.Path)], FrameworkPackages.Runtime, isRoot);
        return package with { Assets = [.. package.Assets.Where(asset => own.Contains(asset.Path))] };
    }

    /// <summary>The packages that are installed here, the root first: all but those that have files for other runtimes only.</summary>
    public static IReadOnlyList<LockedPackage> Of(PackageLock pinned) =>
        [.. pinned.Packages.Select((package, index) => Of(package, isRoot: index == 0)).Where((own, index) => index == 0 || own.Assets.Length > 0 || pinned.Packages[index].Assets.IsEmpty)];
}
