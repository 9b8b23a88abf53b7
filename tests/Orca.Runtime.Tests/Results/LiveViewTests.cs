using Microsoft.Extensions.Time.Testing;
using Orca.Results;
using Orca.Results.Console;
using Orca.Results.Console.Live;

namespace Orca.Tests.Results;

public class LiveViewTests
{
    private const string Enter = "\u001b[?1049h";
    private const string Leave = "\u001b[?1049l";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(80, 24)]
    [InlineData(160, 50)]
    [InlineData(60, 20)]
    [InlineData(40, 10)]
    [InlineData(20, 4)]
    [InlineData(400, 100)]
    public void Lay_AnySize_FitsIt(int width, int height)
    {
        var lines = LiveFrame.Lay(ViewOf(drones: 30), width, height);

        Assert.True(lines.Count <= height);
        Assert.All(lines, line => Assert.True(line.Width <= width, line.Plain));
        Assert.All(lines, line => Assert.Equal(line.Width, line.Plain.Length));
        Assert.Contains("checkout", lines[0].Plain, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80, 24)]
    [InlineData(160, 50)]
    public void Lay_UsualSize_ShowsAllThatMatters(int width, int height)
    {
        var text = string.Join('\n', LiveFrame.Lay(ViewOf(drones: 3), width, height).Select(line => line.Plain));

        foreach (var part in (string[])["running", "left", "load", "due", "p50", "p95", "p99", "pay", "browse", "100/s", "4 users", "✗ pay p99 < 20ms", "since 2s", "drone", "lost", "response times", "! Drone d2 was lost", "[red]not markup[/]"])
        {
            Assert.Contains(part, text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(60, "3 drones")]
    [InlineData(40, "3 drones")]
    public void Lay_Narrow_LeavesOutWhatHasNoRoomInsteadOfCuttingIt(int width, string part)
    {
        var lines = LiveFrame.Lay(ViewOf(drones: 3) with { Lost = [] }, width, 60).Select(line => line.Plain.TrimEnd()).ToList();

        Assert.Contains(lines, line => line.Contains(part, StringComparison.Ordinal));
        Assert.All(lines.Skip(1), line => Assert.False(line.EndsWith('…'), line));
    }

    [Fact]
    public void Lay_DroneThatDoesNotReport_ShowsItAsSilentAndHowOldTheFiguresAre()
    {
        var view = ViewOf(drones: 3) with { Lost = [] };
        view = view with { Elapsed = TimeSpan.FromSeconds(17), Last = view.Last! with { Drones = [.. view.Last.Drones.Where(drone => drone.Drone != "d3")] } };
        var text = string.Join('\n', LiveFrame.Lay(view, 120, 40).Select(line => line.Plain));

        Assert.Matches("○ d3 +silent", text);
        Assert.Matches("● d1 +cpu", text);
        Assert.Contains("figures of 12s", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sink_OnATerminal_DrawsOnTheSecondScreenAndLeavesTheSummaryOnTheFirst()
    {
        var (terminal, clock) = (new StringWriter { NewLine = "\n" }, new FakeTimeProvider());
        var sink = new ConsoleSink(terminal, new(), new LiveConsole(new LiveScreen(terminal, colour: false, () => (80, 24)), ConsoleTaps.None(terminal), clock), () => 80);
        var run = RunOf(drones: 2);
        await sink.BeginAsync(run.Started, Token);
        await sink.EventAsync(new(RunEventKind.Phase, run.Started.StartTime, "The load starts."), Token);
        foreach (var interval in run.Report(1))
        {
            await sink.IntervalAsync(interval, Token);
        }

        clock.Advance(TimeSpan.FromSeconds(1));
        await sink.EndAsync(SampleReport.Make(), Token);

        var text = terminal.ToString();
        Assert.Equal((1, 1), (text.Split(Enter).Length - 1, text.Split(Leave).Length - 1));
        Assert.True(text.IndexOf(Leave, StringComparison.Ordinal) < text.IndexOf("✗ INVALID", StringComparison.Ordinal));
        Assert.DoesNotMatch("\u001b\\[([0-9]+;)*([349][0-9])(;[0-9]+)*m", text);
    }

    [Fact]
    public async Task Sink_GivenUp_GivesTheTerminalBack()
    {
        using var givenUp = new CancellationTokenSource();
        var terminal = new StringWriter();
        var live = new LiveConsole(new LiveScreen(terminal, colour: true, () => (80, 24)), ConsoleTaps.None(terminal), new FakeTimeProvider());
        live.Begin(RunOf(drones: 1).Started, givenUp.Token);
        Assert.Contains(Enter, terminal.ToString(), StringComparison.Ordinal);

        await givenUp.CancelAsync();
        await live.DisposeAsync();

        Assert.EndsWith(Leave, terminal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Tap_WhileDiverted_KeepsWhatIsWrittenAndHandsItOnInOrder()
    {
        var inner = new StringWriter { NewLine = "\n" };
        using var tap = new ConsoleTap(inner) { NewLine = "\n" };
        List<string> seen = [];
        tap.WriteLine("before");
        tap.Divert(seen.Add);
        tap.Write("warn: ");
        tap.Write("half a line");
        tap.WriteLine();
        tap.Write("another\r\nand a rest");

        Assert.Equal("before\n", inner.ToString());
        Assert.Equal(["warn: half a line", "another"], seen);

        tap.Restore();
        tap.WriteLine(" after");
        Assert.Equal("before\nwarn: half a line\nanother\nand a rest after\n", inner.ToString());
    }

    private static FakeRun RunOf(int drones) => new(
        FakeRun.Plan(FakeRun.Open("pay", 100, 60), FakeRun.Closed("browse", 4, 60)) with
        {
            Thresholds = [Thresholds.That("pay p99 < 20ms", Thresholds.Percentile(99), "<", 20), Thresholds.That("browse p95 < 1s", Thresholds.Percentile(95), "<", 1000)],
        },
        drones);

    private static LiveView ViewOf(int drones)
    {
        var run = RunOf(drones);
        var clock = new FakeTimeProvider(run.Started.StartTime);
        var state = new LiveState(clock);
        state.Begin(run.Started);
        for (var second = 1; second <= 12; second++)
        {
            foreach (var drone in run.Drones)
            {
                drone.Users = 2;
                drone.Iterate(100 / drones, second == 5 ? 400 : 12).Iterate(2, 45, scenario: 1).SchedulingDelay(5, 0.2);
            }

            foreach (var interval in run.Report(second))
            {
                state.Add(interval with { Thresholds = [.. interval.Thresholds.Select((result, i) => i == 0 ? result with { Passed = false, FirstFailedAt = TimeSpan.FromSeconds(2) } : result)] });
            }

            clock.Advance(TimeSpan.FromSeconds(1));
        }

        state.Add("[red]not markup[/]");
        state.Add(new RunEvent(RunEventKind.DroneLost, clock.GetUtcNow(), "Drone d2 was lost.") { RunTime = TimeSpan.FromSeconds(11), Drone = "d2" });
        return state.View()!;
    }
}
