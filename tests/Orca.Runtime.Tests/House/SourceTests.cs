using System.Text.RegularExpressions;
using Orca.TestKit;

namespace Orca.Tests.House;

/// <summary>Habits of the house that no analyzer knows, read from the sources as text.</summary>
public sealed partial class SourceTests
{
    private const int MostLines = 500;

    private static readonly string[] NamesThatSayNothing = ["Common", "Helpers", "Utils", "Managers"];

    [Fact]
    public void Folders_Anywhere_HaveNamesThatSaySomething() =>
        Faults.None(
            from file in Files("src", "samples", "tests")
            let name = file.Split('/').Intersect(NamesThatSayNothing, StringComparer.OrdinalIgnoreCase).FirstOrDefault()
            where name is not null
            select $"{file}: {name} says nothing");

    [Fact]
    public void Files_Anywhere_AreShort() =>
        Faults.None(
            from file in Files("src", "samples", "tests")
            let lines = File.ReadLines(Repository.PathOf(file)).Count()
            where lines > MostLines
            select $"{file} has {lines} lines");

    [Fact]
    public void Types_InLibrariesAndSamples_HaveAFileOfTheirOwnName() =>
        Faults.None(
            from file in Files("src", "samples")
            let types = TopLevelTypes().Matches(Text(file)).Select(match => match.Groups["name"].Value).ToArray()
            where types.Length > 1 || (types.Length == 1 && types[0] != Path.GetFileName(file).Split('.')[0])
            select $"{file} holds {string.Join(", ", types)}");

    [Fact]
    public void Namespaces_InLibraries_AreTheFolders() =>
        Faults.None(
            from file in Files("src")
            let expected = NamespaceOf(file)
            let actual = Namespaces().Matches(Text(file)).Select(match => match.Groups["name"].Value).ToArray()
            where actual.Length != 1 || (actual[0] != expected && !IsHostExtension(file, actual[0]))
            select $"{file} lies in {string.Join(", ", actual)}, not in {expected}");

    [Fact]
    public void Methods_Anywhere_AreNeverAsyncVoid() =>
        Faults.None(
            from file in Files("src", "samples", "tests")
            where AsyncVoid().IsMatch(Text(file))
            select $"{file} has a method that is async and void");

    [Fact]
    public void Awaits_InOrcaRuntime_StayOnTheirContext() =>
        Faults.None(
            from file in Files("src/Orca.Runtime")
            where Text(file).Contains(".ConfigureAwait(", StringComparison.Ordinal)
            select $"{file} calls ConfigureAwait");

    private static IEnumerable<string> Files(params string[] folders) =>
        from folder in folders
        where Directory.Exists(Repository.PathOf(folder))
        from path in Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories)
        let file = Path.GetRelativePath(Repository.Root, path).Replace('\\', '/')
        where !file.Split('/').Any(part => part is "bin" or "obj")
        select file;

    private static string Text(string file) => File.ReadAllText(Repository.PathOf(file));

    private static string NamespaceOf(string file)
    {
        var parts = file.Split('/');
        var root = parts[1] is "Orca.Abstractions" or "Orca.Runtime" ? "Orca" : parts[1];
        return string.Join('.', [root, .. parts[2..^1]]);
    }

    // What a host writes on its services belongs where its services are.
    private static bool IsHostExtension(string file, string actual) =>
        file.StartsWith("src/Orca.Hosting/", StringComparison.Ordinal)
        && file.EndsWith("Extensions.cs", StringComparison.Ordinal)
        && actual.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal);

    [GeneratedRegex(@"^((public|internal|file|sealed|static|abstract|partial|readonly|unsafe|ref) )*(class|struct|interface|enum|record( class| struct)?|delegate [\w<>\[\]?.]+) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex TopLevelTypes();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespaces();

    [GeneratedRegex(@"\basync\s+void\s+\w+\s*[(<]")]
    private static partial Regex AsyncVoid();
}
