using Microsoft.Extensions.Time.Testing;
using Orca.Plans;
using Orca.Results;

namespace Orca.Tests.Results;

public class RunSinksTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _clock = new();
    private readonly FakeRun _run = new(FakeRun.Plan(FakeRun.Open("pay", 1, 1)));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EndAsync_SoundSinks_GetEverythingInOrder()
    {
        RecordingSink first = new("first"), second = new("second");
        await using var sinks = new RunSinks([first, second], _clock);
        sinks.Event(Event("joined"));
        sinks.Begin(_run.Started);
        sinks.Interval(Interval(0));
        sinks.Event(Event("lost"));
        sinks.Interval(Interval(1));

        Assert.Empty(await sinks.EndAsync(SampleReport.Make(), _patience, Token));

        Assert.Equal(["event joined", "begin", "interval 0", "event lost", "interval 1", "end run-1"], first.Calls);
        Assert.Equal(first.Calls, second.Calls);
    }

    [Fact]
    public async Task EndAsync_SinkThatThrows_IsDisabledAndReportedOnceAndOthersGoOn()
    {
        var sound = new RecordingSink("sound");
        var broken = new RecordingSink("broken") { On = call => call == "interval 0" ? throw new InvalidOperationException("The disk is full.") : Task.CompletedTask };
        await using var sinks = new RunSinks([broken, sound], _clock);
        for (var i = 0; i < 3; i++)
        {
            sinks.Interval(Interval(i));
        }

        var problem = Assert.Single(await sinks.EndAsync(SampleReport.Make(), _patience, Token));

        Assert.Contains("Sink 'broken' failed with InvalidOperationException: The disk is full.", problem.What, StringComparison.Ordinal);
        Assert.Equal(["interval 0"], broken.Calls);
        Assert.Equal(4, sound.Calls.Count);
    }

    [Fact]
    public async Task Interval_SlowSink_LosesIntervalsAndNeverBlocks()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var slow = new RecordingSink("slow") { On = call => call == "interval 0" ? gate.Task : Task.CompletedTask };
        var sound = new RecordingSink("sound");
        await using var sinks = new RunSinks([slow, sound], _clock);
        sinks.Interval(Interval(0));
        await slow.Begun.WaitAsync(_patience, Token);
        for (var i = 1; i < SinkLane.Limit + 50; i++)
        {
            sinks.Interval(Interval(i));
        }

        gate.SetResult();
        var problems = await sinks.EndAsync(SampleReport.Make(), _patience, Token);

        Assert.Contains(problems, problem => problem.What.Contains("Sink 'slow' was too slow for the run: 50 intervals", StringComparison.Ordinal));
        Assert.Equal(SinkLane.Limit + 1, slow.Calls.Count);
        Assert.Equal("end run-1", slow.Calls[^1]);
    }

    [Fact]
    public async Task EndAsync_SinkThatHangs_IsGivenUpAfterTheTimeout()
    {
        var hanging = new RecordingSink("hanging") { Hangs = true };
        var sound = new RecordingSink("sound");
        await using var sinks = new RunSinks([hanging, sound], _clock);
        var ending = sinks.EndAsync(SampleReport.Make(), TimeSpan.FromSeconds(10), Token);
        await hanging.Begun.WaitAsync(_patience, Token);
        await sound.Begun.WaitAsync(_patience, Token);
        Assert.False(ending.IsCompleted);

        _clock.Advance(TimeSpan.FromSeconds(10));
        var problems = await ending;

        Assert.Contains(problems, problem => problem.What == "Sink 'hanging' was not done within 10 s after the run and was given up.");
        Assert.Equal(["end run-1"], sound.Calls);
        await hanging.Cancelled.WaitAsync(_patience, Token);
    }

    [Fact]
    public async Task EndAsync_Interrupted_WaitsForNobody()
    {
        var hanging = new RecordingSink("hanging") { Hangs = true };
        await using var sinks = new RunSinks([hanging], _clock);
        using var interrupt = new CancellationTokenSource();
        var ending = sinks.EndAsync(SampleReport.Make(), _patience, interrupt.Token);
        await interrupt.CancelAsync();

        Assert.Contains("interrupted", Assert.Single(await ending).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckAsync_SinkThatCannotWork_IsTheProblem()
    {
        await using var sinks = new RunSinks([new RecordingSink("sound"), new RecordingSink("broken") { Trouble = new("The server answers 401.") }], _clock);
        Assert.Equal("The server answers 401.", (await sinks.CheckAsync(Token))!.What);

        await using var throwing = new RunSinks([new RecordingSink("throwing") { On = _ => throw new InvalidOperationException("No.") }], _clock);
        Assert.Contains("Sink 'throwing' could not be checked", (await throwing.CheckAsync(Token))!.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StoreAsync_SinksThatKeepReports_WriteItAndNameItsFolder()
    {
        var root = Directory.CreateTempSubdirectory("orca-sinks-");
        try
        {
            var blocked = Path.Combine(root.FullName, "file");
            await File.WriteAllTextAsync(blocked, "", Token);
            await using var sinks = new RunSinks(
                [new RecordingSink("other"), new Orca.Results.Files.FilesSink(root.FullName), new Orca.Results.Files.FilesSink(blocked)], _clock);

            var (report, problems) = await sinks.StoreAsync(SampleReport.Make() with { Folder = null }, Token);

            Assert.True(File.Exists(Path.Combine(report.Folder!, "report.json")));
            Assert.Single(problems);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    private static RunInterval Interval(int number) => new() { Number = number, From = TimeSpan.FromSeconds(number), To = TimeSpan.FromSeconds(number + 1) };

    private static RunEvent Event(string text) => new(RunEventKind.Warning, DateTimeOffset.UnixEpoch, text);

    private sealed class RecordingSink(string name) : IRunSink
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => name;

        public List<string> Calls { get; } = [];

        public Func<string, Task> On { get; init; } = _ => Task.CompletedTask;

        public bool Hangs { get; init; }

        public Problem? Trouble { get; init; }

        /// <summary>The first call has begun.</summary>
        public Task Begun => _begun.Task;

        public Task Cancelled => _cancelled.Task;

        public async ValueTask<Problem?> CheckAsync(CancellationToken ct)
        {
            await On("check");
            return Trouble;
        }

        public ValueTask BeginAsync(RunStarted started, CancellationToken ct) => CallAsync("begin", ct);

        public ValueTask IntervalAsync(RunInterval interval, CancellationToken ct) => CallAsync($"interval {interval.Number}", ct);

        public ValueTask EventAsync(RunEvent happened, CancellationToken ct) => CallAsync($"event {happened.Text}", ct);

        public ValueTask EndAsync(RunReport report, CancellationToken ct) => CallAsync($"end {report.RunId}", ct);

        private async ValueTask CallAsync(string call, CancellationToken ct)
        {
            Calls.Add(call);
            _begun.TrySetResult();
            if (Hangs)
            {
                await using var registration = ct.Register(() => _cancelled.TrySetResult());
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
            }

            await On(call);
        }
    }
}
