using System.Text.RegularExpressions;
using Orca.TestKit;

namespace Orca.Tests.House;

/// <summary>What the documents show is what is compiled, and what they point to exists.</summary>
public sealed partial class ReadmeTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("src/Orca.Abstractions/README.md")]
    public void CSharp_InAReadme_IsTakenWordForWordFromTheSamples(string readme)
    {
        var snippets = Snippets().Matches(Text(readme)).Select(match => match.Groups["code"].Value).ToArray();
        var samples = Directory.EnumerateFiles(Repository.PathOf("samples"), "*.cs", SearchOption.AllDirectories)
            .Select(path => File.ReadAllText(path).ReplaceLineEndings("\n"))
            .ToArray();

        Assert.NotEmpty(snippets);
        Assert.All(snippets, snippet => Assert.True(
            samples.Any(sample => sample.Contains(snippet, StringComparison.Ordinal)),
            $"No file below samples/ holds:\n{snippet}"));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("CONTRIBUTING.md")]
    public void Links_InADocument_LeadToWhatExists(string document) =>
        Faults.None(
            from Match link in Links().Matches(Text(document))
            let target = link.Groups["target"].Value
            where !target.Contains("://", StringComparison.Ordinal)
            where !Path.Exists(Repository.PathOf(target))
            select $"{document} links to {target}, which does not exist");

    private static string Text(string file) => File.ReadAllText(Repository.PathOf(file)).ReplaceLineEndings("\n");

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Snippets();

    [GeneratedRegex(@"\]\((?<target>[^)#]+)(#[^)]*)?\)")]
    private static partial Regex Links();
}
