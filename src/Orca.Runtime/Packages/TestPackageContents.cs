using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Xml;
using NuGet.Frameworks;
using NuGet.Packaging;
using NuGet.Packaging.Core;
using NuGet.Versioning;

namespace Orca.Packages;

/// <summary>What the leader reads from a test package without running its code.</summary>
/// <param name="PlanJson">The text of <c>orca.json</c> at the package's root, or null.</param>
/// <param name="Tests">The tests found, by name.</param>
/// <param name="Contract">The lower bound of the package's dependency on Orca.Abstractions.</param>
internal sealed record TestPackageContents(string? PlanJson, ImmutableArray<TestDescription> Tests, string Contract)
{
    private const string PlanFileName = "orca.json";

    /// <summary>Gets the startup class of the package, as the full name of its type and the assembly's name, or null.</summary>
    public TypeName? Startup { get; init; }

    /// <summary>Reads an installed package; a problem where it has no tests, two of one name, or a contract that this Orca does not load.</summary>
    public static Outcome<TestPackageContents> Read(InstalledPackage package)
    {
        var name = package.Lock.Root.ToString();
        try
        {
            using var types = new TypeSearch(package);
            var contract = ReadContract(package, types);
            if (SharedAssemblies.CheckContract(name, contract) is { } declined)
            {
                return declined;
            }

            if (CheckReferences(package) is { IsEmpty: false } needs)
            {
                return needs;
            }

            if (!FindTests(name, types).TryGet(out var tests, out var problems) || !FindStartups(name, types).TryGet(out var startups, out problems))
            {
                return problems;
            }

            return new TestPackageContents(PlanText(package), [.. tests], contract.ToNormalizedString())
            {
                Startup = startups is [var startup] ? startup : null,
            };
        }
        catch (Exception e) when (e is BadImageFormatException or IOException or UnauthorizedAccessException or XmlException or PackagingException or InvalidDataException)
        {
            return new Problem($"Reading {name} failed: {e.Message}") { Where = package.Folder, Advice = "Build the package again." };
        }
    }

    private static Outcome<TestDescription[]> FindTests(string package, TypeSearch types)
    {
        var implementers = types.Implementers(typeof(ILoadTest)).ToList();
        var tests = implementers
            .Where(found => TypeSearch.IsInstantiable(found.Assembly, found.Type))
            .Select(found => Describe(found.Assembly, found.Type))
            .OrderBy(test => test.Name, StringComparer.Ordinal)
            .ThenBy(test => test.TypeName, StringComparer.Ordinal)
            .ToArray();
        if (tests.Length == 0)
        {
            return new Problem($"{package} has no tests" + (implementers is [var (assembly, hidden), ..]
                ? $": {assembly.FullName(hidden)} implements ILoadTest, but is not a public, concrete, non-generic class."
                : ": none of its classes implements Orca.ILoadTest."))
            {
                Advice = "Ask for a test package, or make its test classes public and concrete.",
            };
        }

        var problems = tests
            .GroupBy(test => test.Name, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => new Problem($"{package} has {group.Count()} tests of the name '{group.Key}': {string.Join(", ", group.Select(test => test.TypeName))}.")
            {
                Advice = "Give each its own name with [LoadTest(\"…\")].",
            })
            .Concat(tests.Where(test => string.IsNullOrWhiteSpace(test.Name)).Select(test => new Problem($"{package} has a test without a name: {test.TypeName}.")
            {
                Advice = "Write its name into [LoadTest(\"…\")].",
            }))
            .ToImmutableArray();
        return problems.IsEmpty ? tests : problems;
    }

    private static TestDescription Describe(AssemblyMetadata assembly, TypeDefinitionHandle handle)
    {
        var (name, description) = TestNames.FromAttribute(assembly, handle);
        name ??= TestNames.Kebab(assembly.Reader.GetString(assembly.Reader.GetTypeDefinition(handle).Name));
        return new TestDescription(name, assembly.FullName(handle), assembly.Name, description);
    }

    private static Outcome<TypeName[]> FindStartups(string package, TypeSearch types)
    {
        var startups = types.Implementers(typeof(ILoadTestStartup))
            .Where(found => TypeSearch.IsInstantiable(found.Assembly, found.Type))
            .Select(found => new TypeName(found.Assembly.Name, found.Assembly.FullName(found.Type)))
            .ToArray();
        return startups.Length > 1
            ? new Problem($"{package} has {startups.Length} classes that implement ILoadTestStartup: {string.Join(", ", startups.Select(startup => startup.FullName))}.") { Advice = "Keep one of them." }
            : startups;
    }

    private static NuGetVersion ReadContract(InstalledPackage package, TypeSearch types)
    {
        var asked = Directory.GetFiles(package.Folder, "*.nuspec").Take(1)
            .SelectMany(file => NuGetFrameworkUtility.GetNearest(new NuspecReader(file).GetDependencyGroups(), FrameworkPackages.Framework, group => group.TargetFramework)?.Packages ?? [])
            .FirstOrDefault(dependency => string.Equals(dependency.Id, SharedAssemblies.ContractName, StringComparison.OrdinalIgnoreCase))
            ?.VersionRange.MinVersion;

        // Without a dependency of its own, by way of another package or none at all, the assembly that it was compiled with tells the major.
        return asked
            ?? types.Own.SelectMany(assembly => assembly.References).Where(reference => reference.Name == SharedAssemblies.ContractName).Select(reference => new NuGetVersion(reference.Version)).Max()
            ?? new NuGetVersion(SharedAssemblies.Contract.Major, 0, 0);
    }

    /// <summary>What assemblies of the closure were compiled with, against what the host shares.</summary>
    private static ImmutableArray<Problem> CheckReferences(InstalledPackage package)
    {
        var problems = ImmutableArray.CreateBuilder<Problem>();
        foreach (var asset in package.Assets.Where(asset => asset.Asset.Kind == AssetKind.Assembly))
        {
            using var assembly = AssemblyMetadata.Open(asset.File);
            foreach (var (reference, version) in assembly?.References ?? [])
            {
                if (SharedAssemblies.CheckShared(asset.Package.ToString(), reference, version.Major) is { } problem)
                {
                    problems.Add(problem);
                }
            }
        }

        return [.. problems.Distinct()];
    }

    private static string? PlanText(InstalledPackage package)
    {
        var plan = package.Assets.FirstOrDefault(asset => asset.Package == package.Lock.Root && asset.Asset.Path == PlanFileName);
        return plan is null ? null : File.ReadAllText(plan.File);
    }
}
