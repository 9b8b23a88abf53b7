using System.Runtime.CompilerServices;
using Orca.Plans;
using Orca.Results;
using Orca.Results.Console;

namespace Orca.Tests.Results;

public class ConsoleSinkTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EndAsync_Report_WritesTheSummary()
    {
        var text = await EndAsync(SampleReport.Make(), new());

        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 100, line));
        Assert.Equal(await ExpectedAsync("summary.txt", text), text);
    }

    [Fact]
    public async Task IntervalAsync_Run_WritesALineEach()
    {
        var target = new StringWriter { NewLine = "\n" };
        var sink = new ConsoleSink(target);
        var run = new FakeRun(FakeRun.Plan(FakeRun.Open("pay", 100, 3), FakeRun.Closed("browse", 4, 3)) with { WarmUp = TimeSpan.FromSeconds(1) }, drones: 2);
        await sink.BeginAsync(run.Started, Token);
        for (var second = 1; second <= 3; second++)
        {
            run.Drones[0].Users = 7;
            run.Drones[0].Iterate(50, 12, warmUp: second == 1);
            run.Drones[1].Iterate(48, 12).Iterate(second - 1, 250, error: "Timeout");
            run.Drones[1][0].Dropped += second == 3 ? 2 : 0;
            foreach (var interval in run.Report(second))
            {
                await sink.IntervalAsync(interval, Token);
            }
        }

        await sink.EventAsync(new(RunEventKind.DroneLost, run.Started.StartTime, "Drone d2 was lost: it has not been heard of for 4.5 s; its slots go to the others, who take them over half a second later.") { RunTime = TimeSpan.FromSeconds(2.5), Drone = "d2" }, Token);
        var text = target.ToString();

        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 100, line));
        Assert.Equal(await ExpectedAsync("progress.txt", text), text);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(300)]
    public async Task EndAsync_TerminalOfAnyWidth_FitsIt(int width)
    {
        var target = new StringWriter { NewLine = "\n" };
        await new ConsoleSink(target, new(), live: null, () => width).EndAsync(SampleReport.Make() with { Folder = null }, Token);
        var text = target.ToString();

        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= Math.Min(width, 100), line));
        foreach (var part in (string[])["✗ INVALID", "checkout", "  pay", "p95", "p99", "checks", "thresholds"])
        {
            Assert.Contains(part, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task EndAsync_RunThatWasWatched_WritesTheIntervalsThatClosedWithIt()
    {
        var target = new StringWriter { NewLine = "\n" };
        var sink = new ConsoleSink(target);
        var run = new FakeRun(FakeRun.Plan(FakeRun.Open("pay", 100, 3)));
        await sink.BeginAsync(run.Started, Token);
        run.Drones[0].Iterate(100);
        await sink.IntervalAsync(Assert.Single(run.Report(1)), Token);
        run.Drones[0].Iterate(100);
        Assert.Empty(run.Ledger.CloseIntervals([], TimeSpan.Zero));
        run.Drones[0].Iterate(100);
        await sink.EndAsync(run.Finish(3), Token);

        Assert.Equal(["1s", "3s"], target.ToString().Split('\n').Where(line => line.Contains("100/s", StringComparison.Ordinal) && !line.Contains("iterations", StringComparison.Ordinal) && line.StartsWith("      ", StringComparison.Ordinal)).Select(line => line.Trim().Split(' ')[0]));
    }

    [Fact]
    public async Task EndAsync_Quiet_WritesTheVerdictOnly()
    {
        var target = new StringWriter();
        var sink = new ConsoleSink(target, new() { Quiet = true });
        var report = SampleReport.Make();
        await sink.IntervalAsync(report.Intervals[0], Token);
        await sink.EventAsync(report.Events[0], Token);
        Assert.Empty(target.ToString());

        var text = await EndAsync(report, new() { Quiet = true });

        Assert.Contains("✗ INVALID", text, StringComparison.Ordinal);
        Assert.Contains("/results/20260301-120000-checkout-run-1", text, StringComparison.Ordinal);
        Assert.DoesNotContain("scenario / step", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EndAsync_Colour_PaintsWithoutChangingTheText()
    {
        var report = SampleReport.Make();
        var (plain, painted) = (await EndAsync(report, new()), await EndAsync(report, new() { Colour = true }));

        Assert.DoesNotContain('\u001b', plain);
        Assert.Contains("\u001b[31m✗ INVALID\u001b[0m", painted, StringComparison.Ordinal);
        Assert.Equal(plain, System.Text.RegularExpressions.Regex.Replace(painted, "\u001b\\[[0-9]+m", ""));
    }

    [Fact]
    public async Task EndAsync_LoadNeverBegan_SaysWhy()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Open("pay", 100, 1)));
        var text = await EndAsync(run.Complete(0, ending => ending with { Started = false, Aborted = new("Only 1 of 3 drones joined.") { Advice = "Start more drones." } }), new());

        Assert.Contains("✗ ABORTED", text, StringComparison.Ordinal);
        Assert.Contains("Only 1 of 3 drones joined. Start more drones.", text, StringComparison.Ordinal);
        Assert.Contains("the load never began", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EndAsync_LongNamesAndMessages_StayWithinAHundredColumns()
    {
        var name = new string('n', 150);
        var run = new FakeRun(FakeRun.Plan(FakeRun.Open(name, 1_000, 1)) with
        {
            Name = name,
            Thresholds = [Thresholds.That($"{name} p99.99 < 1ms", Thresholds.Percentile(99.99), "<", 1)],
        });
        run.Drones[0].Iterate(1000, 1_000_000, error: name).Step(name, 9, failed: 9);
        run.Drones[0][0].Checks[name] = new(1_000_000_000, 1_000_000_000);
        run.Drones[0][0].Missed = 1_000_000_000;

        Assert.All((await EndAsync(run.Finish(1), new())).Split('\n'), line => Assert.True(line.Length <= 100, line));
    }

    private static async Task<string> EndAsync(RunReport report, ConsoleSinkOptions options)
    {
        var target = new StringWriter { NewLine = "\n" };
        await new ConsoleSink(target, options).EndAsync(report, Token);
        return target.ToString();
    }

    /// <summary>The text expected; set ORCA_ACCEPT to take what was written for it.</summary>
    private static async Task<string> ExpectedAsync(string name, string actual, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(here)!, "Expected", name);
        if (Environment.GetEnvironmentVariable("ORCA_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, actual, Token);
        }

        return (await File.ReadAllTextAsync(path, Token)).ReplaceLineEndings("\n");
    }
}
