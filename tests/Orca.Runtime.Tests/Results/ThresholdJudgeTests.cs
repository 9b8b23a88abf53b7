using Orca.Measurement;
using Orca.Plans;
using Orca.Results;

namespace Orca.Tests.Results;

public class ThresholdJudgeTests
{
    private static readonly RunPlan _plan = FakeRun.Plan(FakeRun.Open("pay", 10, 10), FakeRun.Closed("browse", 2, 20));

    private readonly FakeDrone _drone = new(_plan, "d1");

    [Theory]
    [InlineData(50, "<", 11, true)]
    [InlineData(50, "<", 10, false)]
    [InlineData(99, "<=", 101, true)]
    [InlineData(99, ">", 90, true)]
    public void Judge_Percentile_IsOfResponseTime(double percentile, string comparison, double limit, bool passes)
    {
        _drone.Iterate(1000, milliseconds: 10, late: 0.5).Iterate(50, milliseconds: 100, late: 0.5, error: "Slow");

        var result = Judge("pay p", Thresholds.Percentile(percentile), comparison, limit);

        Assert.Equal(passes, result.Passed);
        Assert.Equal("ms", result.Unit);
        Assert.InRange(result.Value!.Value, percentile == 50 ? 10.5 : 100.5, percentile == 50 ? 10.52 : 100.7);
        Assert.Equal(!passes, result.Reason is not null);
    }

    [Fact]
    public void Judge_ServiceOkAndFailed_TakeTheirOwnTimes()
    {
        _drone.Iterate(90, milliseconds: 10, late: 5).Iterate(10, milliseconds: 100, late: 5, error: "Slow");
        Statistic max = new(StatisticKind.Max), mean = new(StatisticKind.Mean), min = new(StatisticKind.Min);

        Assert.Equal(105, Judge("pay max", max, "<", 1).Value);
        Assert.Equal(100, Judge("pay service.max", max with { OfService = true }, "<", 1).Value);
        Assert.Equal(15, Judge("pay ok.max", max with { Ok = true }, "<", 1).Value);
        Assert.Equal(105, Judge("pay failed.min", min with { Ok = false }, "<", 1).Value);
        Assert.Equal(24, Judge("pay mean", mean, "<", 1).Value);
        Assert.Equal(10, Judge("pay service.ok.min", min with { Ok = true, OfService = true }, "<", 1).Value);
    }

    [Fact]
    public void Judge_Rate_IsFinishedPerSecondOfTheScenariosOwnTime()
    {
        _drone.Iterate(95).Iterate(5, error: "Slow");
        _drone.Step("search", 40, scenario: 1).Iterate(30, scenario: 1);
        Statistic rate = new(StatisticKind.Rate);

        Assert.Equal((10.0, "/s"), (Judge("pay rate", rate, ">", 9).Value!.Value, Judge("pay rate", rate, ">", 9).Unit));
        Assert.Equal(9.5, Judge("pay ok.rate", rate with { Ok = true }, ">", 9).Value);
        Assert.Equal(2, Judge("browse/search rate", rate, ">", 1).Value);
        Assert.Equal(6.5, Judge("swarm rate", rate, ">", 1).Value);
        Assert.Equal(20, Judge("pay rate", rate, ">", 1, to: 5).Value);
    }

    [Fact]
    public void Judge_CountErrorsDropped_AreSharesOrCounts()
    {
        _drone.Iterate(90).Iterate(10, error: "Slow");
        _drone[0].Dropped = 25;
        _drone.Step("card", 50, failed: 5);
        Statistic errors = new(StatisticKind.Errors), dropped = new(StatisticKind.Dropped);

        Assert.Equal(100, Judge("pay count", new(StatisticKind.Count), ">", 1).Value);
        Assert.Equal(10, Judge("pay failed.count", new(StatisticKind.Count) { Ok = false }, ">", 1).Value);
        Assert.Equal(10, Judge("pay errors", errors, "<", 1).Value);
        var share = Judge("pay errors", errors, "<=", 0.1, percent: true);
        Assert.Equal((10.0, 10.0, "%", true), (share.Value!.Value, share.Limit, share.Unit, share.Passed));
        Assert.Equal(10, Judge("pay/card errors", errors, "<", 0.2, percent: true).Value);
        Assert.Equal(25, Judge("pay dropped", dropped, "<", 1).Value);
        Assert.Equal(20, Judge("pay dropped", dropped, "<", 0.3, percent: true).Value);
        Assert.Equal(20, Judge("swarm dropped", dropped, "<", 0.3, percent: true).Value);
        Assert.Null(Judge("browse dropped", dropped, "<", 0.3, percent: true).Value);
    }

    [Fact]
    public void Judge_Checks_AreObservationsThatPassed()
    {
        _drone.Iterate(10);
        _drone[0].Checks["title"] = new(99, 1);
        Statistic title = new(StatisticKind.Checks) { Name = "title" };

        Assert.True(Judge("pay checks.title", title, ">=", 0.99, percent: true).Passed);
        Assert.Equal(99, Judge("pay checks.title", title, ">", 1).Value);
        var never = Judge("pay checks.total", title with { Name = "total" }, ">", 0.5, percent: true);
        Assert.False(never.Passed);
        Assert.Contains("'total' of 'pay' never occurred", never.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_Metrics_HaveTheStatisticsOfTheirKind()
    {
        _drone.Iterate(1);
        _drone[0].Metrics["sold"] = new() { Kind = MetricKind.Counter, Recorded = 4, Count = 50 };
        _drone[0].Metrics["queue"] = new() { Kind = MetricKind.Gauge, Recorded = 3, Count = 3, Last = 7.5, Min = 1, Max = 9 };
        var sizes = MetricMeasurement.Of(MetricKind.Distribution, 3);
        _drone[0].Metrics["size"] = sizes;
        for (var i = 1; i <= 100; i++)
        {
            sizes.Values!.Record(i);
            sizes.Recorded++;
        }

        Assert.Equal(50, Metric("sold", "count").Value);
        Assert.Equal(50, Metric("sold", "sum").Value);
        Assert.Equal(5, Metric("sold", "rate").Value);
        Assert.Equal(7.5, Metric("queue", "last").Value);
        Assert.Equal(1, Metric("queue", "min").Value);
        Assert.Equal(9, Metric("queue", "max").Value);
        Assert.Equal(100, Metric("size", "count").Value);
        Assert.Equal(50.5, Metric("size", "mean").Value);
        Assert.Equal((90.0, false), (Metric("size", "p90").Value!.Value, Metric("size", "p90").Few));
        Assert.True(Metric("size", "p99.9").Few);
        Assert.Contains("is a gauge and has no 'p99'", Metric("queue", "p99").Reason, StringComparison.Ordinal);
        Assert.Contains("never occurred", Metric("none", "count").Reason, StringComparison.Ordinal);

        ThresholdResult Metric(string name, string statistic) =>
            Judge($"pay metric.{name}", new(StatisticKind.Metric) { Name = name, MetricStatistic = statistic }, ">", 0);
    }

    [Fact]
    public void Judge_Swarm_MergesHistograms()
    {
        _drone.Iterate(900, milliseconds: 1, late: 0).Iterate(100, milliseconds: 1000, scenario: 1);

        Assert.Equal(1, Judge("swarm p50", Thresholds.Percentile(50), "<", 2).Value!.Value, 0.01);
        Assert.Equal(1000, Judge("swarm p95", Thresholds.Percentile(95), "<", 2).Value!.Value, 1.0);
    }

    [Theory]
    [InlineData(99, true)]
    [InlineData(98, false)]
    [InlineData(50, false)]
    public void Judge_TwoPercentWithoutATime_MakesHigherPercentilesUnknown(double percentile, bool unknown)
    {
        _drone.Iterate(990);
        _drone[0].Dropped = 8;
        _drone[0].Missed = 2;
        _drone[0].Interrupted = 10;

        var result = Judge("pay p", Thresholds.Percentile(percentile), "<", 1000);

        Assert.Equal((unknown, !unknown), (result.Unknown, result.Passed));
        Assert.Equal(unknown, result.Reason?.Contains("unknown", StringComparison.Ordinal) ?? false);
        Assert.True(Judge("pay max", new(StatisticKind.Max), "<", 1000).Unknown);
        Assert.False(Judge("pay mean", new(StatisticKind.Mean), "<", 1000).Unknown);
    }

    [Theory]
    [InlineData(1000, 99, false)]
    [InlineData(999, 99, true)]
    [InlineData(100, 90, false)]
    [InlineData(99, 90, true)]
    public void Judge_FewerThanTenSamplesBeyond_MarksItFew(int count, double percentile, bool few)
    {
        _drone.Iterate(count);

        var result = Judge("pay p", Thresholds.Percentile(percentile), "<", 1000);

        Assert.Equal((true, few), (result.Passed, result.Few));
    }

    [Theory]
    [InlineData("pay p99", StatisticKind.Percentile)]
    [InlineData("pay errors", StatisticKind.Errors)]
    [InlineData("pay count", StatisticKind.Count)]
    [InlineData("pay rate", StatisticKind.Rate)]
    [InlineData("pay/card rate", StatisticKind.Rate)]
    [InlineData("browse/nothing p99", StatisticKind.Percentile)]
    [InlineData("nobody p99", StatisticKind.Percentile)]
    public void Judge_WhatNeverOccurred_FailsAndSaysSo(string text, StatisticKind kind)
    {
        _drone.Iterate(10, scenario: 1);

        foreach (var comparison in new[] { "<", ">=" })
        {
            var result = Judge(text, new(kind) { Percentile = 99 }, comparison, 0);
            Assert.False(result.Passed);
            Assert.Null(result.Value);
            Assert.Matches("never occurred|has no scenario", result.Reason);
        }
    }

    [Fact]
    public void Judge_FailedTimesWhereNothingFailed_FailsAndSaysSo()
    {
        _drone.Iterate(10);

        var result = Judge("pay failed.p99", Thresholds.Percentile(99) with { Ok = false }, "<", 1000);

        Assert.False(result.Passed);
        Assert.Contains("no iteration failed", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<", 20, 0.5)]
    [InlineData("<", 8, -0.25)]
    [InlineData(">", 5, 1.0)]
    [InlineData(">=", 20, -0.5)]
    [InlineData("==", 10, null)]
    [InlineData("<", 0, null)]
    public void Judge_Margin_IsAShareOfTheLimit(string comparison, double limit, double? margin)
    {
        _drone.Iterate(10);

        Assert.Equal(margin, Judge("pay count", new(StatisticKind.Count), comparison, limit).Margin);
    }

    [Theory]
    [InlineData("<", false, false)]
    [InlineData("<=", false, true)]
    [InlineData(">=", false, true)]
    [InlineData("==", false, true)]
    [InlineData("!=", true, false)]
    public void Judge_ValueAtTheLimit_ComparesExactly(string comparison, bool other, bool passes)
    {
        _drone.Iterate(10);

        Assert.Equal(passes, Judge("pay count", new(StatisticKind.Count), comparison, 10).Passed);
        Assert.Equal(other, Judge("pay count", new(StatisticKind.Count), comparison, 11).Passed && comparison == "!=");
    }

    private ThresholdResult Judge(string text, Statistic statistic, string comparison, double limit, bool percent = false, double to = 60) =>
        ThresholdJudge.Judge(
            Thresholds.That(text, statistic, comparison, limit, percent),
            new(_plan, PlannedLoad.Of(_plan), [_drone[0], _drone[1]], TimeSpan.FromSeconds(to)));
}
