using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Orca.Analyzers;
using Orca.TestKit;

namespace Orca.Tests.Analyzers;

/// <summary>Sources in which a comment such as <c>/*ORCA001*/</c> stands before each place that must be reported, and nothing else may be.</summary>
internal static partial class Marked
{
    private const string Usings = """
        using System; using System.Collections.Concurrent; using System.Collections.Generic; using System.IO; using System.Linq; using System.Net.Http;
        using System.Text; using System.Threading; using System.Threading.Tasks; using Orca;

        """;

    /// <summary>Checks the members of a test class.</summary>
    public static Task TestAsync(string members) => SourceAsync($$"""
        public sealed class SomeLoadTest : ILoadTest
        {
        {{members}}
        }
        """);

    /// <summary>Checks an iteration's body.</summary>
    public static Task IterationAsync(string body) => TestAsync($$"""
            private readonly SemaphoreSlim _gate = new(1);
            public async ValueTask RunAsync(VirtualUser user, CancellationToken ct)
            {
                await Task.Yield();
                {{body}}
            }
        """);

    /// <summary>Checks a whole source.</summary>
    public static async Task SourceAsync(string source)
    {
        source = Usings + source;
        var compilation = TestCompiler.Parse("Marked", source);
        Assert.DoesNotContain(compilation.GetDiagnostics(TestContext.Current.CancellationToken), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

        var found = await compilation.WithAnalyzers([new LoadTestAnalyzer(), new StepNotAwaitedAnalyzer()]).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            Marks().Matches(source).Select(mark => Place(source, mark.Index + mark.Length, mark.Groups["id"].Value)),
            found.Select(diagnostic => Place(source, diagnostic.Location.SourceSpan.Start, diagnostic.Id)).Order(StringComparer.Ordinal));
    }

    private static string Place(string source, int start, string id) =>
        $"{source[..start].Count(c => c == '\n'):000} {start:00000} {id}: {source[start..source.IndexOf('\n', start)]}";

    [GeneratedRegex(@"/\*(?<id>ORCA\d+)\*/")]
    private static partial Regex Marks();
}
