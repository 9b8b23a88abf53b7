using Orca.Results.Files;
using Orca.TestKit;

namespace Orca.Tests.Results;

public class SummaryFileTests
{
    [Fact]
    public void Write_FailedRun_ShowsWhyAndWhatFailedFirst()
    {
        var lines = SummaryFile.Write(SampleReport.Make()).Split('\n');

        Assert.Equal("## ⚠️ checkout under load: invalid", lines[0]);
        Assert.Contains(lines, line => line.StartsWith("- **users exhausted**: ", StringComparison.Ordinal) && line.EndsWith(")", StringComparison.Ordinal));
        var thresholds = lines.Where(line => line.StartsWith("| ❌", StringComparison.Ordinal) || line.StartsWith("| ✅", StringComparison.Ordinal)).ToList();
        Assert.Equal(5, thresholds.Count);
        Assert.Equal(thresholds.OrderBy(line => line[2] == '✅'), thresholds);
        Assert.Contains(lines, line => line.StartsWith("| **checkout** |", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_FiftySteps_FoldsThemAway()
    {
        var lines = SummaryFile.Write(RichReport.Make(10, steps: 50)).Split('\n');
        var fold = Array.FindIndex(lines, line => line.StartsWith("<details>", StringComparison.Ordinal));

        Assert.InRange(fold, 1, 30);
        Assert.Equal("</details>", lines[^2]);
        Assert.Equal("", lines[fold + 1]);
        Assert.True(lines[fold..].Count(line => line.StartsWith("| shop / ", StringComparison.Ordinal)) >= 50);
    }

    [Fact]
    public void Write_NamesOfSigns_BreakNothing()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Open("a|b_c_<b>*`[x](y)\\", 100, 1)) with { Name = "line\nbreak" });
        run.Drones[0].Iterate(100);
        var text = SummaryFile.Write(run.Finish(1));

        Assert.StartsWith("## ✅ line break: passed\n", text, StringComparison.Ordinal);
        Assert.Contains("| **a\\|b\\_c\\_&lt;b>\\*\\`\\[x\\](y)\\\\** | 100 |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_LoadNeverBegan_HasNoTableOfIt()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Open("pay", 100, 1)));
        var text = SummaryFile.Write(run.Complete(0, ending => ending with { Started = false, Aborted = new("Only 1 of 3 drones joined.") }));

        Assert.StartsWith("## ⛔ ", text, StringComparison.Ordinal);
        Assert.Contains("- **aborted**: Only 1 of 3 drones joined.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("| scenario |", text, StringComparison.Ordinal);
    }
}
