using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using NuGet.Frameworks;
using NuGet.RuntimeModel;
using NuGet.Versioning;

namespace Orca.Packages;

/// <summary>The framework that packages run on: its name, its runtime identifiers, and the packages that it makes unnecessary.</summary>
internal static class FrameworkPackages
{
    private static readonly Lazy<FrozenDictionary<string, NuGetVersion>> Pruned = new(ReadPruned);
    private static readonly Lazy<RuntimeGraph> Graph = new(ReadGraph);

    public static NuGetFramework Framework { get; } = NuGetFramework.ParseFolder($"net{Environment.Version.Major}.{Environment.Version.Minor}");

    public static RuntimeGraph Runtimes => Graph.Value;

    /// <summary>The runtime identifier of this process, or its portable form where the graph does not know it.</summary>
    public static string Runtime { get; } = Graph.Value.Runtimes.ContainsKey(RuntimeInformation.RuntimeIdentifier)
        ? RuntimeInformation.RuntimeIdentifier
        : $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";

    /// <summary>The runtimes that drones may have, whatever the leader has; where packages name dependencies for one runtime only, these are walked.</summary>
    public static ImmutableArray<string> Portable { get; } =
        ["linux-x64", "linux-arm64", "linux-musl-x64", "linux-musl-arm64", "win-x64", "win-arm64", "osx-x64", "osx-arm64"];

    /// <summary>Whether the framework brings what this dependency asks for.</summary>
    public static bool Provides(string id, VersionRange range) =>
        Pruned.Value.TryGetValue(id, out var version) && range.Satisfies(version);

    private static FrozenDictionary<string, NuGetVersion> ReadPruned()
    {
        using var reader = new StreamReader(Resource("prune.txt"));
        var pruned = new Dictionary<string, NuGetVersion>(StringComparer.OrdinalIgnoreCase);
        while (reader.ReadLine() is { } line)
        {
            if (line.Split('|') is [var id, var version])
            {
                pruned[id] = NuGetVersion.Parse(version);
            }
        }

        return pruned.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    private static RuntimeGraph ReadGraph()
    {
        using var stream = Resource("rid.json");
        return JsonRuntimeFormat.ReadRuntimeGraph(stream);
    }

    private static Stream Resource(string name) => typeof(FrameworkPackages).Assembly.GetManifestResourceStream(name)!;
}
