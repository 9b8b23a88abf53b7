using System.Collections.Frozen;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NuGet.Versioning;

namespace Orca.Packages;

/// <summary>What the host shares with the packages that it loads: the contract, and the closure of what the contract refers to.</summary>
internal static class SharedAssemblies
{
    public const string ContractName = "Orca.Abstractions";

    /// <summary>Simple names, and so package ids, with the version of the host's assembly.</summary>
    public static FrozenDictionary<string, Version> All { get; } = Closure();

    /// <summary>The contract's version; its assembly version moves with the major only.</summary>
    public static NuGetVersion Contract { get; } = ContractVersion();

    /// <summary>A problem where a package of another contract version would be loaded.</summary>
    public static Problem? CheckContract(string package, NuGetVersion needed) =>
        needed.Major == Contract.Major && needed.Minor <= Contract.Minor
            ? null
            : new Problem($"{package} is built against {ContractName} {needed.ToNormalizedString()}, but this Orca has {Contract.ToNormalizedString()}.")
            {
                Advice = needed > Contract
                    ? $"Update Orca to {needed.Major}.{needed.Minor} or newer, or build the package against {Contract.Major}.{Contract.Minor}."
                    : $"Build the package against {ContractName} {Contract.Major}.{Contract.Minor}.",
            };

    /// <summary>A problem where a package needs a newer major version of a shared assembly than the host has.</summary>
    public static Problem? CheckShared(string package, string name, int major) =>
        All.TryGetValue(name, out var host) && major > host.Major
            ? new Problem($"{package} needs {name} {major}, but this Orca shares its own {name} {host.ToString(3)} with the packages that it loads.")
            {
                Advice = $"Depend on a version of {name} below {host.Major + 1}, or update the host.",
            }
            : null;

    private static FrozenDictionary<string, Version> Closure()
    {
        var found = new Dictionary<string, Version>(StringComparer.OrdinalIgnoreCase);
        var open = new Stack<Assembly>([
            typeof(ILoadTest).Assembly,
            typeof(ILogger).Assembly,
            typeof(IConfiguration).Assembly,
            typeof(IServiceCollection).Assembly,
        ]);
        while (open.TryPop(out var assembly))
        {
            var name = assembly.GetName();
            if (!found.TryAdd(name.Name!, name.Version!))
            {
                continue;
            }

            foreach (var reference in assembly.GetReferencedAssemblies().Where(reference => !IsPlatform(reference.Name!)))
            {
                open.Push(AssemblyLoadContext.Default.LoadFromAssemblyName(reference));
            }
        }

        return found.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    private static bool IsPlatform(string name) => name.StartsWith("System", StringComparison.Ordinal) || name is "netstandard" or "mscorlib";

    private static NuGetVersion ContractVersion()
    {
        var assembly = typeof(ILoadTest).Assembly;
        var text = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        return NuGetVersion.TryParse(text, out var version) ? version : new NuGetVersion(assembly.GetName().Version!);
    }
}
