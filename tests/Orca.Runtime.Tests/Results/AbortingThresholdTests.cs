using Orca.Measurement;
using Orca.Plans;
using Orca.Results;

namespace Orca.Tests.Results;

/// <summary>Thresholds that end a run: judged on closed intervals only, and only where what follows cannot mend them.</summary>
public class AbortingThresholdTests
{
    private static readonly Statistic _max = new(StatisticKind.Max), _min = new(StatisticKind.Min), _errors = new(StatisticKind.Errors), _count = new(StatisticKind.Count);

    [Theory]
    [InlineData("<", 5, true)]
    [InlineData(">", 5, false)]
    [InlineData(">", 50, false)]
    [InlineData("==", 5, true)]
    [InlineData("==", 50, false)]
    [InlineData("!=", 10, false)]
    public void Max_OnlyGrows_SoOnlyWhatItExceedsIsBroken(string comparison, double limit, bool broken) =>
        Assert.Equal(broken, IsBroken("pay max", _max, comparison, limit));

    [Theory]
    [InlineData(">", 50, true)]
    [InlineData("<", 5, false)]
    [InlineData("==", 50, true)]
    [InlineData("==", 5, false)]
    public void Min_OnlyShrinks_SoOnlyWhatItFallsShortOfIsBroken(string comparison, double limit, bool broken) =>
        Assert.Equal(broken, IsBroken("pay min", _min, comparison, limit));

    [Theory]
    [InlineData("==", 0, true)]
    [InlineData("==", 3, false)]
    [InlineData(">=", 3, false)]
    [InlineData("<", 2, true)]
    public void Errors_AsACount_OnlyGrow(string comparison, double limit, bool broken) =>
        Assert.Equal(broken, IsBroken("pay errors", _errors, comparison, limit, run => run.Drones[0].Iterate(2, error: "Timeout")));

    [Theory]
    [InlineData("max", ">", false)]
    [InlineData("max", "<", true)]
    [InlineData("min", "<", false)]
    [InlineData("min", ">", true)]
    [InlineData("last", ">", true)]
    public void Metric_ExtremesGoOneWay(string statistic, string comparison, bool broken) =>
        Assert.Equal(broken, IsBroken(
            "pay metric.queue",
            new(StatisticKind.Metric) { Name = "queue", MetricStatistic = statistic },
            comparison,
            comparison == ">" ? 100 : -100,
            run => run.Drones[0][0].Metrics["queue"] = new() { Kind = MetricKind.Gauge, Recorded = 1, Count = 1, Last = 7, Min = 7, Max = 7 }));

    [Fact]
    public void Rate_TooLow_IsBrokenOnceItIsJudged()
    {
        var run = RunWith(Thresholds.That("pay rate > 8/s", new(StatisticKind.Rate), ">", 8) with { Abort = true, After = TimeSpan.FromSeconds(2) });
        run.Drones[0].Iterate(5);
        run.Report(1);
        Assert.Empty(run.Ledger.BrokenAbortingThresholds());

        run.Drones[0].Iterate(5);
        run.Report(2);
        Assert.Equal(5, Assert.Single(run.Ledger.BrokenAbortingThresholds()).Value);
    }

    [Fact]
    public void OpenInterval_BreaksNothing()
    {
        var run = RunWith([Thresholds.That("pay errors < 10%", _errors, "<", 0.1, percent: true) with { Abort = true }], drones: 2);
        run.Drones[0].Iterate(10, error: "Timeout");
        run.Drones[1].Iterate(10, error: "Timeout");

        run.Ledger.Add(run.Drones[0].Cut(1));
        run.Close(1);
        Assert.Empty(run.Ledger.BrokenAbortingThresholds());

        run.Ledger.Add(run.Drones[1].Cut(1));
        run.Close(1);
        Assert.Equal(100, Assert.Single(run.Ledger.BrokenAbortingThresholds()).Value);
    }

    [Fact]
    public void UnknownPercentile_IsBroken_AndSaysThatItIsUnknown()
    {
        var run = RunWith(Thresholds.That("pay p99 < 1s", Thresholds.Percentile(99), "<", 1000) with { Abort = true });
        run.Drones[0].Iterate(980);
        run.Drones[0][0].Dropped = 20;
        run.Report(1);

        var broken = Assert.Single(run.Ledger.BrokenAbortingThresholds());
        Assert.True(broken.Unknown);
        var report = run.Finish(1, ending => ending with { AbortedByThreshold = true });
        Assert.True(report.Thresholds[0] is { Unknown: true, EndedRun: true, Passed: false });
        Assert.Contains("It ended the run after", report.Thresholds[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void FewSamples_AreMarkedInWhatEndedTheRun()
    {
        var run = RunWith(Thresholds.That("pay p99 < 1ms", Thresholds.Percentile(99), "<", 1) with { Abort = true });
        run.Drones[0].Iterate(20);
        run.Report(1);

        Assert.True(Assert.Single(run.Ledger.BrokenAbortingThresholds()).Few);
        var ended = run.Finish(1, ending => ending with { AbortedByThreshold = true }).Thresholds[0];
        Assert.True(ended is { Few: true, EndedRun: true });
        Assert.Contains("of few samples", ended.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatHasNotOccurredYet_EndsNothing_AndFailsInTheEnd()
    {
        var run = RunWith(
            Thresholds.That("pay/refund p99 < 1s", Thresholds.Percentile(99), "<", 1000) with { Abort = true },
            Thresholds.That("pay checks.title > 99%", new(StatisticKind.Checks) { Name = "title" }, ">", 0.99, percent: true) with { Abort = true });
        run.Drones[0].Iterate(20);
        run.Report(1);
        run.Report(2);

        Assert.Empty(run.Ledger.BrokenAbortingThresholds());
        var report = run.Finish(2);
        Assert.All(report.Thresholds, threshold => Assert.Contains("never occurred", threshold.Reason, StringComparison.Ordinal));
        Assert.Equal(Verdict.Failed, report.Verdict);
    }

    [Fact]
    public void NameThatNeverOccurred_WhereNamesOverflowed_MayBeAmongTheOthers()
    {
        var run = RunWith(Thresholds.That("pay/refund count > 1", _count, ">", 1));
        run.Drones[0].Iterate(10).Step("(other)", 5);

        Assert.Contains("more than 1,000 names came up, and the rest is counted under '(other)'", run.Finish(1).Thresholds[0].Reason, StringComparison.Ordinal);
    }

    private static bool IsBroken(string text, Statistic statistic, string comparison, double limit, Action<FakeRun>? with = null)
    {
        var run = RunWith(Thresholds.That(text, statistic, comparison, limit) with { Abort = true });
        run.Drones[0].Iterate(20, milliseconds: 10, late: 0);
        with?.Invoke(run);
        run.Report(1);
        return run.Ledger.BrokenAbortingThresholds().Count > 0;
    }

    private static FakeRun RunWith(params Threshold[] thresholds) => RunWith(thresholds, drones: 1);

    private static FakeRun RunWith(Threshold[] thresholds, int drones) =>
        new(FakeRun.Plan(FakeRun.Open("pay", 10, 5)) with { Thresholds = [.. thresholds] }, drones);
}
