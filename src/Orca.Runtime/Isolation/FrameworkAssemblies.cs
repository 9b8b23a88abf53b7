using System.Collections.Frozen;
using System.Reflection;

namespace Orca.Isolation;

/// <summary>The assemblies of the shared frameworks that this process runs on; empty where they are not files, as in a single-file host.</summary>
internal static class FrameworkAssemblies
{
    private static readonly FrozenDictionary<string, string> Files = Find();
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, Version> Versions = new(StringComparer.OrdinalIgnoreCase);

    public static bool AreKnown => Files.Count > 0;

    public static bool Contains(string name) => Files.ContainsKey(name);

    /// <summary>The framework's version of an assembly, or null where the framework has none of that name.</summary>
    public static Version? VersionOf(string name) =>
        Files.TryGetValue(name, out var file) ? Versions.GetOrAdd(name, static (_, path) => AssemblyName.GetAssemblyName(path).Version!, file) : null;

    private static FrozenDictionary<string, string> Find()
    {
        var core = Path.GetDirectoryName(typeof(object).Assembly.Location) ?? "";
        var isSelfContained = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory) == core;
        var trusted = (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

        // CoreLib is listed twice.
        return trusted
            .Where(file => isSelfContained ? IsPlatformName(Path.GetFileNameWithoutExtension(file)) : IsOfFramework(Path.GetDirectoryName(file)!, core))
            .DistinctBy(file => Path.GetFileNameWithoutExtension(file), StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(file => Path.GetFileNameWithoutExtension(file), StringComparer.OrdinalIgnoreCase);
    }

    // …/shared/Microsoft.AspNetCore.App/10.0.0
    private static bool IsOfFramework(string folder, string core) =>
        folder == core || Path.GetFileName(Path.GetDirectoryName(folder)) is "Microsoft.NETCore.App" or "Microsoft.AspNetCore.App" or "Microsoft.WindowsDesktop.App";

    // A self-contained host keeps the framework among its own files, where only names tell.
    private static bool IsPlatformName(string name) =>
        name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.Win32.", StringComparison.Ordinal)
        || name is "System" or "netstandard" or "mscorlib" or "WindowsBase" or "Microsoft.CSharp" or "Microsoft.VisualBasic" or "Microsoft.VisualBasic.Core";
}
