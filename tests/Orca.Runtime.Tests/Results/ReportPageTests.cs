using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Orca.Results;
using Orca.Results.Files.Page;
using Orca.TestKit;

namespace Orca.Tests.Results;

public sealed partial class ReportPageTests
{
    // Whatever a test, a plan or a drone is called, and whatever a target answers, is text.
    public const string Hostile = "</script></title><script>window.hacked=1</script><img src=x onerror=\"window.hacked=1\">' onmouseover='window.hacked=1";

    [Fact]
    public async Task WriteAsync_HostileNames_AreText()
    {
        var (plain, hostile) = (await PageOf(RichReport.Make(20)), await PageOf(RichReport.Make(20, name: Hostile)));

        Assert.Equal(Scripts().Count(plain), Scripts().Count(hostile));
        Assert.DoesNotContain("<img", hostile, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script>window.hacked", hostile, StringComparison.Ordinal);
        Assert.DoesNotContain("' onmouseover='", hostile, StringComparison.Ordinal);
        Assert.Contains("&lt;/script&gt;", hostile, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_Report_RunsNothingButItsOwnScriptAndAsksForNothing()
    {
        var page = await PageOf(RichReport.Make(20));

        var script = OwnScript().Match(page).Groups["script"].Value;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        Assert.Contains($"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{hash}'; img-src data:", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(Outside(), page);
        Assert.Contains("Copyright (c) 2022 Leon Sorokin", script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_Report_HasItsTablesWithoutAnyScript()
    {
        var page = await PageOf(SampleReport.Make());

        Assert.Contains("<span class=\"verdict\">", page, StringComparison.Ordinal);
        Assert.Contains("users exhausted", page, StringComparison.Ordinal);
        Assert.Contains("checkout/pay errors &lt; 0.5%", page, StringComparison.Ordinal);
        Assert.Contains("TimeoutException", page, StringComparison.Ordinal);
        Assert.Contains("HttpRequestException.ConnectionError <b>1</b>", page, StringComparison.Ordinal);
        Assert.Contains("first byte p50", page, StringComparison.Ordinal);
        Assert.Contains("host3", page, StringComparison.Ordinal);
        Assert.Contains("&quot;hits&quot;: 12", page, StringComparison.Ordinal);
        Assert.Contains("Acme.Tests", page, StringComparison.Ordinal);
        foreach (var scenario in SampleReport.Make().Scenarios)
        {
            Assert.All(scenario.Measured.Steps, step => Assert.Contains($"<th scope=\"row\">{step.Name}</th>", page, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task WriteAsync_LoadNeverBegan_SaysWhyAndHasNoCharts()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Open("pay", 100, 1)));
        var page = await PageOf(run.Complete(0, ending => ending with { Started = false, Aborted = new("Only 1 of 3 drones joined.") }));

        Assert.Contains("Only 1 of 3 drones joined.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("chart-latency\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"block-", page, StringComparison.Ordinal);
    }

    private static async Task<string> PageOf(RunReport report)
    {
        using var stream = new MemoryStream();
        await ReportPage.WriteAsync(report, stream, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    [GeneratedRegex("<script")]
    private static partial Regex Scripts();

    [GeneratedRegex("<script>(?<script>.*?)</script>\n", RegexOptions.Singleline)]
    private static partial Regex OwnScript();

    [GeneratedRegex("""\b(src|href|action)="(?!#|data:)""")]
    private static partial Regex Outside();
}
