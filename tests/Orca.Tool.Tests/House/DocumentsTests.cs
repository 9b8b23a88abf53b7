using System.Text.Json;
using System.Text.RegularExpressions;
using Orca.Plans;
using Orca.TestKit;
using Orca.Tool.Commands;

namespace Orca.Tests.House;

/// <summary>What the documents show works: commands parse, plans are plans, code is compiled, links lead somewhere.</summary>
public sealed partial class DocumentsTests
{
    // What is no command of Orca's: run by .ci/end-to-end, or the machine's own.
    private static readonly string[] OtherCommands =
        ["dotnet", ".ci/", "redis-server", "systemctl", "systemd-analyze", "install", "useradd", "curl", "cd", "git", "export", "SNAPSHOT_UPDATE=1", "ORCA_", "npm", "docker", "kill", "apt-get", "bash"];

    public static TheoryData<string> Documents =>
    [
        "README.md",
        "CONTRIBUTING.md",
        .. Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md").Select(Relative),
        .. Directory.EnumerateFiles(Repository.PathOf("src"), "README.md", SearchOption.AllDirectories).Where(file => !file.Contains("/bin/", StringComparison.Ordinal)).Select(Relative),
        .. Directory.EnumerateFiles(Repository.PathOf("templates"), "README.md", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/", StringComparison.Ordinal)).Select(Relative),
        "samples/systemd/README.md",
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Commands_InADocument_AreCommands(string document) =>
        Faults.None(
            from line in Blocks(document, "sh", "bash")
            from command in line.Code.ReplaceLineEndings("\n").Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
            let bare = Comment().Replace(command, "").Trim()
            where bare.Length > 0
            let fault = FaultOf(bare)
            where fault is not null
            select $"{document}: '{bare}': {fault}");

    [Theory]
    [MemberData(nameof(Documents))]
    public void Plans_InADocument_AreValid(string document) =>
        Faults.None(
            from block in Blocks(document, "json", "jsonc")
            where block.Code.Contains("\"scenarios\"", StringComparison.Ordinal)
            from problem in PlanFile.Read([new PlanLayer(document, block.Code)], new PlanReading()).Problems
            select $"{document}: {problem}");

    [Theory]
    [MemberData(nameof(Documents))]
    public void Json_InADocument_IsJson(string document) =>
        Assert.All(
            Blocks(document, "json", "jsonc"),
            block => JsonDocument.Parse(block.Code, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip }).Dispose());

    [Theory]
    [MemberData(nameof(Documents))]
    public void CSharp_InADocument_IsCompiledSomewhere(string document)
    {
        var compiled = Compiled.Value;
        Assert.All(
            Blocks(document, "csharp"),
            block => Assert.True(compiled.Any(code => code.Contains(Flat(block.Code), StringComparison.Ordinal)), $"No sample, template or Snippets.cs holds:\n{block.Code}"));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_InADocument_LeadToWhatExists(string document) =>
        Faults.None(
            from Match link in Links().Matches(Text(document))
            let target = link.Groups["target"].Value
            where !target.Contains("://", StringComparison.Ordinal)
            where !Path.Exists(Path.Combine(Path.GetDirectoryName(Repository.PathOf(document))!, target))
            select $"{document} links to {target}, which does not exist");

    [Fact]
    public void Index_OfTheDocuments_HasThemAll() =>
        Assert.All(
            Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md").Select(Path.GetFileName).Where(name => name != "README.md"),
            name => Assert.Contains($"({name})", Text("docs/README.md")));

    private static readonly Lazy<IReadOnlyList<string>> Compiled = new(() =>
    [
        .. ((string[])["samples", "templates", "tests"])
            .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .Where(file => !Relative(file).StartsWith("tests/", StringComparison.Ordinal) || Path.GetFileName(file).Contains("Snippet", StringComparison.Ordinal))
            .Select(file => Flat(File.ReadAllText(file))),
    ]);

    private static string? FaultOf(string command)
    {
        if (command.StartsWith("dotnet run --project ", StringComparison.Ordinal))
        {
            var project = command.Split(' ')[3];
            return Path.Exists(Repository.PathOf(project)) ? null : $"there is no project {project}";
        }

        var line = Environments().Replace(command, "");
        if (!line.StartsWith("orca ", StringComparison.Ordinal))
        {
            return OtherCommands.Any(other => line.StartsWith(other, StringComparison.Ordinal)) ? null : "no test knows this command";
        }

        var parsed = OrcaCommand.Build().Parse(Placeholders().Replace(line.Split(" > ")[0].TrimEnd('&', ' '), "x")["orca ".Length..]);
        return parsed.Errors.Count == 0 ? null : string.Join(" ", parsed.Errors.Select(error => error.Message));
    }

    private static IEnumerable<(string Language, string Code)> Blocks(string document, params string[] languages) =>
        Fences().Matches(Text(document))
            .Select(match => (match.Groups["language"].Value, match.Groups["code"].Value))
            .Where(block => languages.Contains(block.Item1));

    private static string Text(string document) => File.ReadAllText(Repository.PathOf(document)).ReplaceLineEndings("\n");

    private static string Relative(string file) => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');

    private static string Flat(string code) => string.Join('\n', code.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim())).Trim();

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fences();

    [GeneratedRegex(@"(^|\s)#.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^([A-Za-z_][\w-]*=\S*\s+)+(?=orca )")]
    private static partial Regex Environments();

    [GeneratedRegex(@"<[^<> ]+>|\$\([^()]*\)")]
    private static partial Regex Placeholders();

    [GeneratedRegex(@"\]\((?<target>[^)#]+)(#[^)]*)?\)")]
    private static partial Regex Links();
}
