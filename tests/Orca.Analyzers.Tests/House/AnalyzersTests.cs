using Microsoft.CodeAnalysis;
using Orca.Analyzers;
using Orca.TestKit;

namespace Orca.Tests.House;

public sealed class AnalyzersTests
{
    [Fact]
    public void Rules_OfThePackage_AreWarningsThatTheDocumentsTell()
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "analyzers.md"));
        var rules = new LoadTestAnalyzer().SupportedDiagnostics.AddRange(new StepNotAwaitedAnalyzer().SupportedDiagnostics);

        Assert.Equal(["ORCA001", "ORCA002", "ORCA003", "ORCA004", "ORCA005"], rules.Select(rule => rule.Id).Order(StringComparer.Ordinal));
        Assert.All(rules, rule => Assert.True(rule is { IsEnabledByDefault: true, DefaultSeverity: DiagnosticSeverity.Warning }, rule.Id));
        Assert.All(rules, rule => Assert.Contains($"| `{rule.Id}` |", page));
    }
}
