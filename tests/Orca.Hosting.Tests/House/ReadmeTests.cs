using System.Text.RegularExpressions;
using Orca.TestKit;

namespace Orca.Tests.House;

/// <summary>What the README shows is what is compiled.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public void CSharp_InTheReadme_IsTakenFromTheSnippets()
    {
        var compiled = Flat(File.ReadAllText(Repository.PathOf("tests", "Orca.Hosting.Tests", "Snippets.cs")));
        var shown = Snippets().Matches(File.ReadAllText(Repository.PathOf("src", "Orca.Hosting", "README.md")))
            .Select(match => Flat(match.Groups["code"].Value))
            .ToArray();

        Assert.Equal(4, shown.Length);
        Assert.All(shown, snippet => Assert.Contains(snippet, compiled));
    }

    private static string Flat(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim())).Trim();

    [GeneratedRegex(@"^```csharp\r?\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Snippets();
}
