using Orca.Plans;

namespace Orca.Tests.Plans;

public sealed class ThresholdTextTests
{
    private static readonly Statistic P99 = new(StatisticKind.Percentile) { Percentile = 99 };

    public static TheoryData<string, string, string?, Statistic, string, double, bool> Good => new()
    {
        { "checkout p99 < 250ms", "checkout", null, P99, "<", 250, false },
        { "  checkout   p99<1.5s ", "checkout", null, P99, "<", 1500, false },
        { "checkout p99.99 <= 1m30s", "checkout", null, P99 with { Percentile = 99.99 }, "<=", 90_000, false },
        { "swarm service.p50 > 0.5ms", "swarm", null, P99 with { Percentile = 50, OfService = true }, ">", 0.5, false },
        { "a ok.service.mean < 1s", "a", null, new(StatisticKind.Mean) { Ok = true, OfService = true }, "<", 1000, false },
        { "a service.failed.max < 1s", "a", null, new(StatisticKind.Max) { Ok = false, OfService = true }, "<", 1000, false },
        { "a min != 1s", "a", null, new(StatisticKind.Min), "!=", 1000, false },
        { "browse/search rate > 150/s", "browse", "search", new(StatisticKind.Rate), ">", 150, false },
        { "a ok.rate >= 12.5", "a", null, new(StatisticKind.Rate) { Ok = true }, ">=", 12.5, false },
        { "a failed.count == 0", "a", null, new(StatisticKind.Count) { Ok = false }, "==", 0, false },
        { "checkout/pay errors < 0.5%", "checkout", "pay", new(StatisticKind.Errors), "<", 0.005, true },
        { "checkout errors < 10", "checkout", null, new(StatisticKind.Errors), "<", 10, false },
        { "a dropped < 100%", "a", null, new(StatisticKind.Dropped), "<", 1, true },
        { "a/'add to cart' p99 < 1s", "a", "add to cart", P99, "<", 1000, false },
        { "a/'it''s < x' service.p99 < 1s", "a", "it's < x", P99 with { OfService = true }, "<", 1000, false },
        { "a/(http) p99 < 1s", "a", "(http)", P99, "<", 1000, false },
        { "a/GET/cart p99 < 1s", "a", "GET/cart", P99, "<", 1000, false },
        { "a checks.title > 99%", "a", null, new(StatisticKind.Checks) { Name = "title" }, ">", 0.99, true },
        { "a checks.'has a.title' > 5", "a", null, new(StatisticKind.Checks) { Name = "has a.title" }, ">", 5, false },
        { "a metric.queue.max < 5", "a", null, new(StatisticKind.Metric) { Name = "queue", MetricStatistic = "max" }, "<", 5, false },
        { "a metric.queue.depth.p99.9 > -1.5", "a", null, new(StatisticKind.Metric) { Name = "queue.depth", MetricStatistic = "p99.9" }, ">", -1.5, false },
        { "a metric.'cash in'.rate > 3/s", "a", null, new(StatisticKind.Metric) { Name = "cash in", MetricStatistic = "rate" }, ">", 3, false },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void Parse_GoodThreshold_GivesItsParts(string text, string scenario, string? step, Statistic statistic, string comparison, double value, bool inPercent)
    {
        Assert.True(ThresholdText.Parse(text).TryGet(out var threshold, out var problems), string.Join('\n', problems));

        Assert.Equal(
            new Threshold { Text = text, Scenario = scenario, Step = step, Statistic = statistic, Operator = comparison, Value = value, InPercent = inPercent },
            threshold);
    }

    [Theory]
    [InlineData("", "column 1, expected a scenario's name, or 'swarm' for all, found the end")]
    [InlineData("< 5", "column 1, expected a scenario's name")]
    [InlineData("/a p99 < 1s", "column 1, expected a scenario's name")]
    [InlineData("a", "column 2, expected a statistic")]
    [InlineData("a/ p99 < 1s", "column 3, expected a step's name right after the slash")]
    [InlineData("a/'' p99 < 1s", "column 3, expected a step's name")]
    [InlineData("a/'b p99 < 1s", "column 3, a single quote is not closed")]
    [InlineData("a p99", "column 6, expected <, <=, >, >=, == or !=, found the end")]
    [InlineData("a p99 = 1s", "column 7, expected <, <=")]
    [InlineData("a p99 <", "column 8, expected a time with its unit")]
    [InlineData("a p99 < 250", "column 9, expected a time with its unit, such as 250ms or 1.5s, found '250'")]
    [InlineData("a p99 < 5%", "expected a time")]
    [InlineData("a p99 < 5x", "found '5x'")]
    [InlineData("a p99 < 5s extra", "found '5s extra'")]
    [InlineData("a p0 < 5s", "'p0' is no statistic")]
    [InlineData("a p101 < 5s", "'p101' is no statistic")]
    [InlineData("a p < 5s", "'p' is no statistic")]
    [InlineData("a p99.9.9 < 5s", "is no statistic")]
    [InlineData("a maen < 5s", "Did you mean 'mean'?")]
    [InlineData("a eror < 5%", "Did you mean 'errors'?")]
    [InlineData("a service.rate < 5/s", "'service.rate' is no statistic")]
    [InlineData("a ok.errors < 5", "'ok.errors' is no statistic")]
    [InlineData("a ok.failed.p99 < 5s", "is no statistic")]
    [InlineData("a errors < 5/s", "expected a share")]
    [InlineData("a errors < 101%", "expected a share of at most 100%")]
    [InlineData("a errors < -1", "expected a share")]
    [InlineData("a errors < 1s", "expected a share")]
    [InlineData("a count < 5%", "expected a number without a unit")]
    [InlineData("a rate > fast", "expected a rate, such as 150/s, found 'fast'")]
    [InlineData("a checks. > 5", "is no statistic")]
    [InlineData("a metric.queue > 5", "does not end in a statistic of a metric")]
    [InlineData("a metric..max > 5", "is no statistic")]
    [InlineData("a metric.q.p101 > 5", "is no statistic")]
    [InlineData("a/s checks.title > 5", "not of steps")]
    [InlineData("a/s metric.q.max > 5", "not of steps")]
    [InlineData("a/s dropped > 5", "not of steps")]
    [InlineData("a/s ok.p99 > 5s", "not of steps")]
    public void Parse_BadThreshold_SaysWhereAndWhatWasExpected(string text, string words)
    {
        Assert.False(ThresholdText.Parse(text).TryGet(out _, out var problems));
        Assert.Contains(words, Assert.Single(problems).ToString());
    }

    [Fact]
    public void Parse_AnyText_NeverThrows()
    {
        for (var seed = 0; seed < 5_000; seed++)
        {
            var random = new Random(seed);
            var text = string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => "ap9.<>=! /'%sm5cheksrtoi-\0ä"[random.Next(27)]));
            if (!ThresholdText.Parse(text).TryGet(out var threshold, out var problems))
            {
                Assert.Single(problems);
            }
            else
            {
                Assert.Equal(text, threshold.Text);
            }
        }
    }
}
