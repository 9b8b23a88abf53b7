using Orca.Results;
using Orca.TestKit.Elasticsearch;

namespace Orca.Tests.Results.Elasticsearch;

/// <summary>A leader killed between closing an interval and storing it, and one that takes over elsewhere, with another spool.</summary>
public sealed class KeptIntervalTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Interval_OfAStore_IsTakenOnlyOnceTheSwarmHasIt()
    {
        await using var setting = await StoreSetting.StartAsync();
        var run = new SyntheticRun(drones: 1, steps: 1, intervals: 3);
        await using var sinks = new RunSinks([setting.Sink()], TimeProvider.System);
        sinks.Begin(run.Started);
        sinks.Interval(run.IntervalAt(0));
        sinks.Interval(run.IntervalAt(1));
        sinks.Kept(run.IntervalAt(1));
        var report = run.Report() with { Intervals = [] };

        Assert.Empty(await sinks.EndAsync(report, TimeSpan.FromSeconds(30), Token));

        Assert.Equal(
            [1],
            setting.Server.State.Documents.Select(document => document.Source.GetProperty("orca")).Where(orca => orca.TryGetProperty("interval_number", out _))
                .Select(orca => orca.GetProperty("interval_number").GetInt32()).Distinct());
    }

    [Fact]
    public async Task Restored_ByALeaderWithAnotherSpool_StoresWhatIsLackingAndDoublesNothing()
    {
        await using var setting = await StoreSetting.StartAsync();
        var run = new SyntheticRun(drones: 3, steps: 2, intervals: 8);

        // The first leader has stored some of what the swarm has, and was killed; since then the stream has a new backing index.
        var first = setting.Sink();
        await first.BeginAsync(run.Started, Token);
        for (var i = 0; i < 3; i++)
        {
            await first.IntervalAsync(run.IntervalAt(i), Token);
        }

        await Wait.UntilAsync(() => setting.Server.State.Documents.Any(document => document.Source.GetRawText().Contains("\"interval_number\":2", StringComparison.Ordinal)), "the third interval");
        await first.DisposeAsync();
        setting.Server.State.RollOver("orca-intervals-default");
        Directory.Delete(setting.Spool, recursive: true);

        var second = setting.Sink();
        await second.BeginAsync(run.Started, Token);
        for (var i = 0; i < 5; i++)
        {
            await second.RestoredAsync(run.IntervalAt(i), Token);
        }

        for (var i = 5; i < run.Intervals - 1; i++)
        {
            await second.IntervalAsync(run.IntervalAt(i), Token);
        }

        await StoreSetting.EndAsync(second, run.Report());

        Assert.Equal(StoreSetting.Expected(run), setting.Stored);
    }
}
