using Mono.Cecil;
using Orca.TestKit;

namespace Orca.Tests.House;

/// <summary>The arrows between the folders of Orca.Runtime, as the compiled code has them.</summary>
public sealed class ArchitectureTests
{
    private const string Root = "(root)";

    /// <summary>What each folder may use, past itself and the types at the root.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        [Root] = [],
        ["Plans"] = [],
        ["Packages"] = ["Plans"],
        ["Isolation"] = ["Packages", "Plans"],
        ["Measurement"] = [],
        ["Execution"] = ["Plans", "Measurement"],
        ["Swarm"] = ["Plans", "Packages"],
        ["Results"] = ["Plans", "Packages", "Measurement"],
        ["Runs"] = ["Plans", "Packages", "Isolation", "Measurement", "Execution", "Swarm", "Results"],
    };

    [Fact]
    public void Folders_OfOrcaRuntime_UseOnlyWhatTheirArrowsAllow() =>
        Faults.None(
            from use in Uses(typeof(Problem).Assembly.Location)
            where !Arrows.ContainsKey(use.From) || (use.To != Root && !Arrows[use.From].Contains(use.To))
            select $"{use.From} → {use.To}: {use.User} uses {use.Used}");

    [Fact]
    public void PublicApi_OfOrcaRuntime_ShowsNoTypeOfNuGet() =>
        Assert.DoesNotContain("NuGet.", PublicApi.Of(typeof(Problem).Assembly));

    private static IEnumerable<(string From, string To, string User, string Used)> Uses(string path)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(path);
        return
        [
            .. from type in assembly.MainModule.GetTypes()
               let @from = FolderOf(type)
               where @from is not null
               from use in TypeUses.Of(type)
               where use.Used.Scope == assembly.MainModule
               let to = FolderOf(use.Used)
               where to is not null && to != @from
               select (@from, to, use.User, use.Used.FullName),
        ];
    }

    private static string? FolderOf(TypeReference type)
    {
        while (type.DeclaringType is not null)
        {
            type = type.DeclaringType;
        }

        // What generators and the compiler add lies in namespaces of its own.
        return type.Namespace switch
        {
            "Orca" => Root,
            var name when name.StartsWith("Orca.", StringComparison.Ordinal) => name.Split('.')[1],
            _ => null,
        };
    }
}
