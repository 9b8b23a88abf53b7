using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Orca.Packages;

namespace Orca.Isolation;

/// <summary>
/// The context that one test package lives in. What the host shares comes from the host, the framework's from the
/// framework unless the package brings a newer one, all else from the package alone.
/// </summary>
internal sealed class PackageLoadContext : AssemblyLoadContext
{
    private readonly string _package;
    private readonly Dictionary<string, InstalledAsset> _assemblies;
    private readonly Dictionary<string, InstalledAsset> _satellites;
    private readonly Dictionary<string, InstalledAsset> _natives;

    public PackageLoadContext(InstalledPackage package, bool isCollectible)
        : base(package.Lock.Root.ToString(), isCollectible)
    {
        _package = package.Lock.Root.ToString();
        _assemblies = ByName(package, AssetKind.Assembly, asset => Path.GetFileNameWithoutExtension(asset.File));
        _satellites = ByName(package, AssetKind.Satellite, asset => $"{asset.Asset.Culture}/{Path.GetFileNameWithoutExtension(asset.File)}");
        _natives = ByName(package, AssetKind.Native, asset => Path.GetFileName(asset.File));
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var name = assemblyName.Name!;
        if (!string.IsNullOrEmpty(assemblyName.CultureName))
        {
            return _satellites.TryGetValue($"{assemblyName.CultureName}/{name}", out var satellite) ? LoadVerified(satellite) : null;
        }

        if (SharedAssemblies.All.ContainsKey(name))
        {
            return Default.LoadFromAssemblyName(new AssemblyName(name));
        }

        if (_assemblies.TryGetValue(name, out var own))
        {
            return FrameworkAssemblies.VersionOf(name) is { } framework && framework >= AssemblyName.GetAssemblyName(own.File).Version ? null : LoadVerified(own);
        }

        // What the host happens to have must not make a package work here that fails on another drone.
        return FrameworkAssemblies.Contains(name) || !FrameworkAssemblies.AreKnown
            ? null
            : throw new FileNotFoundException($"Assembly '{name}' is neither in the closure of {_package} nor in the framework.", name);
    }

    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName)
    {
        var extension = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        ReadOnlySpan<string> candidates = [unmanagedDllName, unmanagedDllName + extension, "lib" + unmanagedDllName + extension, "lib" + unmanagedDllName];
        foreach (var candidate in candidates)
        {
            if (_natives.TryGetValue(candidate, out var native))
            {
                using var held = Verify(native);
                return LoadUnmanagedDllFromPath(native.File);
            }
        }

        return IntPtr.Zero;
    }

    private Assembly LoadVerified(InstalledAsset asset)
    {
        using var held = Verify(asset);
        return LoadFromAssemblyPath(asset.File);
    }

    /// <summary>Compares the file with the lock and holds it open, so that it is not exchanged before it is loaded.</summary>
    private static FileStream Verify(InstalledAsset asset)
    {
        var file = new FileStream(asset.File, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (FileHash.Of(file) == asset.Asset.Sha512)
        {
            return file;
        }

        file.Dispose();
        throw new FileLoadException($"{asset.Package}'s file {asset.Asset.Path} is not the one that the lock pins: it was changed after it was installed.", asset.File);
    }

    /// <summary>The files of a kind; of two assemblies of one name the newer, as NuGet and the SDK choose.</summary>
    private static Dictionary<string, InstalledAsset> ByName(InstalledPackage package, AssetKind kind, Func<InstalledAsset, string> name) =>
        package.Assets
            .Where(asset => asset.Asset.Kind == kind)
            .GroupBy(name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(
                group => group.Key,
                group => kind == AssetKind.Assembly && group.Count() > 1 ? group.MaxBy(asset => AssemblyName.GetAssemblyName(asset.File).Version)! : group.First(),
                StringComparer.OrdinalIgnoreCase);
}
