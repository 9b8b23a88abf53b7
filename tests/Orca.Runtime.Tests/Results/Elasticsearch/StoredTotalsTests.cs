using System.Text.Json;
using Orca.Results;

namespace Orca.Tests.Results.Elasticsearch;

/// <summary>A whole run with a bit of everything, from drones' snapshots to stored documents and back to the report's totals.</summary>
public sealed class StoredTotalsTests
{
    private static readonly double[] Percents = [50, 75, 90, 95, 99, 99.9];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Documents_OfAWholeRun_AddUpToTheReport()
    {
        await using var setting = await StoreSetting.StartAsync();
        var report = await StoreSampleAsync(setting);
        var documents = setting.Server.State.Documents.Select(document => document.Source).ToList();

        Assert.Empty(setting.Server.State.Unmapped);
        foreach (var scenario in report.Scenarios)
        {
            CheckWork(documents, scenario.Name, "measured", scenario.Measured);
            CheckWork(documents, scenario.Name, "warm-up", scenario.WarmUp!);
        }

        var run = Assert.Single(documents, document => document.GetProperty("orca").GetProperty("run").TryGetProperty("status", out _));
        Assert.Equal(report.Verdict.ToString().ToLowerInvariant(), Text(run, "orca.run.status"));
        Assert.Equal(report.Totals.Finished, Number(run, "orca.iterations.total"));
        Assert.Equal(report.Totals.Response!.P99, run.GetProperty("orca").GetProperty("latency").GetProperty("p99_ms").GetDouble());
        Assert.Equal(report.Thresholds.Count(threshold => !threshold.Passed), Number(run, "orca.thresholds.failed"));
        Assert.Equal("main", Text(run, "labels.branch"));
    }

    [Fact]
    public async Task Documents_OfAWholeRun_HaveEveryEventOnceAndEveryDrone()
    {
        await using var setting = await StoreSetting.StartAsync();
        var report = await StoreSampleAsync(setting);
        var documents = setting.Server.State.Documents;

        Assert.Equal(
            report.Events.Select(happened => happened.Text).Order(StringComparer.Ordinal),
            documents.Where(document => document.Index == "orca-events-default").Select(document => document.Source.GetProperty("message").GetString()!).Order(StringComparer.Ordinal));
        foreach (var drone in report.Drones)
        {
            var own = documents.Select(document => document.Source).Where(source => Text(source, "orca.scope") == "drone" && Text(source, "orca.drone.id") == drone.Id).ToList();
            Assert.Equal(drone.Started, own.Sum(source => Number(source, "orca.iterations.started")));
            Assert.Equal(drone.Failed, own.Sum(source => Number(source, "orca.iterations.failed")));
            Assert.All(own, source => Assert.Equal(drone.Host, Text(source, "host.name")));
        }
    }

    [Fact]
    public async Task Documents_SentAgainFromTheStart_ChangeNothing()
    {
        await using var setting = await StoreSetting.StartAsync();
        await StoreSampleAsync(setting);
        var before = setting.Stored;
        await StoreSampleAsync(setting);

        Assert.Equal(before, setting.Stored);
    }

    private static async Task<RunReport> StoreSampleAsync(StoreSetting setting)
    {
        var sink = setting.Sink();
        var (started, intervals, report) = SampleReport.MakeWithIntervals();
        await sink.EventAsync(report.Events[0], Token);
        await sink.BeginAsync(started, Token);
        foreach (var interval in intervals)
        {
            await sink.IntervalAsync(interval, Token);
        }

        await StoreSetting.EndAsync(sink, report);
        Assert.Empty(sink.Problems);
        return report;
    }

    private static void CheckWork(IReadOnlyList<JsonElement> documents, string scenario, string phase, WorkStatistics work)
    {
        List<JsonElement> In(string scope) => [.. documents.Where(document =>
            Text(document, "orca.scope") == scope && Text(document, "orca.scenario.name") == scenario && Text(document, "orca.phase") == phase)];

        var own = In("scenario");
        Assert.Equal(work.Started, Sum(own, "orca.iterations.started"));
        Assert.Equal(work.Finished, Sum(own, "orca.iterations.total"));
        Assert.Equal(work.Failed, Sum(own, "orca.iterations.failed"));
        Assert.Equal(work.Dropped, Sum(own, "orca.load.dropped"));
        Assert.Equal(work.Missed, Sum(own, "orca.load.missed"));
        Assert.Equal(work.Interrupted, Sum(own, "orca.load.interrupted"));
        CheckTimes(own, "latency", work.Response);
        CheckTimes(own, "service", work.Service);
        Assert.Equal(
            work.Errors.Select(error => (error.Kind, error.Count)).Order(),
            In("error").Where(document => Find(document, "orca.step.name") is null).GroupBy(document => Text(document, "error.type")!)
                .Select(kind => (kind.Key, Sum(kind, "orca.errors.count"))).Order());
        foreach (var step in work.Steps)
        {
            var steps = In("step").Where(document => Text(document, "orca.step.name") == step.Name).ToList();
            Assert.Equal(step.Ok + step.Failed, Sum(steps, "orca.requests.total"));
            Assert.Equal(step.Failed, Sum(steps, "orca.requests.failed"));
            Assert.Equal(step.Http?.Requests ?? 0, Sum(steps, "orca.http.requests"));
            Assert.Equal(step.Http?.BytesReceived ?? 0, Sum(steps, "orca.bytes.received"));
            CheckTimes(steps, "service", step.Service);
            Assert.Equal(
                (step.Http?.Statuses ?? []).Select(status => ((long)status.Status, status.Count)),
                In("status").Where(document => Text(document, "orca.step.name") == step.Name).GroupBy(document => Number(document, "http.response.status_code"))
                    .OrderBy(status => status.Key).Select(status => (status.Key, Sum(status, "orca.http.responses"))));
        }

        Assert.Equal(work.Steps.Length, In("step").Select(document => Text(document, "orca.step.name")).Distinct().Count());
        foreach (var check in work.Checks)
        {
            var checks = In("check").Where(document => Text(document, "orca.check.name") == check.Name).ToList();
            Assert.Equal((check.Passed, check.Failed), (Sum(checks, "orca.check.passed"), Sum(checks, "orca.check.failed")));
        }

        foreach (var metric in work.Metrics.Where(metric => metric.Kind == "counter"))
        {
            Assert.Equal(metric.Count, Sum(In("metric").Where(document => Text(document, "orca.metric.name") == metric.Name), "orca.metric.sum"));
        }
    }

    private static void CheckTimes(IReadOnlyList<JsonElement> documents, string field, TimeStatistics? times)
    {
        if (times is null)
        {
            Assert.All(documents, document => Assert.Null(Find(document, $"orca.{field}")));
            return;
        }

        var histogram = new SortedDictionary<double, long>();
        foreach (var stored in documents.Select(document => Find(document, $"orca.{field}.histogram")).OfType<JsonElement>())
        {
            foreach (var (value, count) in stored.GetProperty("values").EnumerateArray().Zip(stored.GetProperty("counts").EnumerateArray()))
            {
                histogram[value.GetDouble()] = histogram.GetValueOrDefault(value.GetDouble()) + count.GetInt64();
            }
        }

        Assert.Equal(times.Count, histogram.Values.Sum());

        // Exact to the nanosecond, hence the mean is the very same number.
        var sum = documents.Sum(document => Find(document, $"orca.{field}.sum_ms")?.GetDecimal() ?? 0);
        Assert.Equal(times.Mean, (double)(sum * 1_000_000) / times.Count / 1e6);
        double[] expected = [times.P50, times.P75, times.P90, times.P95, times.P99, times.P999];
        foreach (var (percent, value) in Percents.Zip(expected))
        {
            Assert.InRange(ValueAt(histogram, percent), value * 0.99, value * 1.01);
        }
    }

    private static double ValueAt(SortedDictionary<double, long> histogram, double percent)
    {
        var rank = Math.Max(1, (long)((percent / 100 * histogram.Values.Sum()) + 0.5));
        return histogram.First(bucket => (rank -= bucket.Value) <= 0).Key;
    }

    private static long Sum(IEnumerable<JsonElement> documents, string field) => documents.Sum(document => Number(document, field));

    private static long Number(JsonElement document, string field) => Find(document, field)?.GetInt64() ?? 0;

    private static string? Text(JsonElement document, string field) => Find(document, field)?.ToString();

    private static JsonElement? Find(JsonElement document, string field)
    {
        foreach (var name in field.Split('.'))
        {
            if (document.ValueKind != JsonValueKind.Object || !document.TryGetProperty(name, out document))
            {
                return null;
            }
        }

        return document;
    }
}
