using Orca.Measurement;
using Orca.Plans;
using Orca.Results;

namespace Orca.Tests.Results;

/// <summary>A run in which a bit of everything happened.</summary>
internal static class SampleReport
{
    public static RunReport Make() => MakeWithIntervals().Report;

    /// <summary>With it what sinks got while the run went on.</summary>
    public static (RunStarted Started, IReadOnlyList<RunInterval> Intervals, RunReport Report) MakeWithIntervals()
    {
        List<RunInterval> intervals = [];
        var plan = FakeRun.Plan(FakeRun.Open("checkout", 100, 6), FakeRun.Closed("browse", 4, 6), FakeRun.Fixed("import", 36, 6)) with
        {
            Package = new("Acme.Shop.LoadTests", "1.4.*"),
            Target = new Uri("https://ann:secret@staging.example/"),
            WarmUp = TimeSpan.FromSeconds(1),
            Tags = System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("branch", "main"),
            Parameters = ParameterValue.None.Add("login", new(null, "shop-login")).Add("feed", new("amqp://bob:hush@mq/x")),
            Thresholds =
            [
                Thresholds.That("checkout p99 < 250ms", Thresholds.Percentile(99), "<", 250),
                Thresholds.That("checkout/pay errors < 0.5%", new(StatisticKind.Errors), "<", 0.005, percent: true),
                Thresholds.That("browse rate > 5/s", new(StatisticKind.Rate), ">", 5),
                Thresholds.That("browse p99.9 < 1s", Thresholds.Percentile(99.9), "<", 1000),
                Thresholds.That("checkout/refund p95 < 1s", Thresholds.Percentile(95), "<", 1000),
            ],
        };
        var run = new FakeRun(plan, drones: 3);
        run.Ledger.Note(new(RunEventKind.DroneJoined, run.Started.StartTime.AddSeconds(-5), "Drone d1 joined.") { Drone = "d1" });
        for (var second = 1; second <= 6; second++)
        {
            foreach (var drone in run.Drones)
            {
                var warmUp = second == 1;
                drone.Users = 3;
                var arrivals = drone == run.Drones[0] ? 33 : drone == run.Drones[2] && second == 4 ? 17 : 32;
                drone.Iterate(arrivals, 12.5, warmUp: warmUp).Iterate(1, 180, warmUp: warmUp, error: "TimeoutException");
                drone.Iterate(10, 45, scenario: 1, warmUp: warmUp).Iterate(2, 3, scenario: 2, warmUp: warmUp);
                (warmUp ? drone.WarmUpOf(1) : drone[1]).UserTime += TimeSpan.FromSeconds(drone == run.Drones[0] ? 2 : 1);
                drone.SchedulingDelay(50, 0.12);
            }

            if (second > 1)
            {
                run.Drones[0].Step("pay", 30, 8, failed: 1).Step("(http)", 10, 0.45);
                run.Drones[0][0].Steps["pay"].Http = new(3)
                {
                    Requests = 30, Broken = 1, BytesSent = 3000, BytesReceived = 90_000, Statuses = { [200] = 28, [503] = 1 },
                    Errors = { ["HttpRequestException.ConnectionError"] = new(1, "Connection refused (127.0.0.1:8080)") },
                };
                for (var answer = 0; answer < 29; answer++)
                {
                    run.Drones[0][0].Steps["pay"].Http!.FirstByte.Record(answer == 7 ? 6_000_000 : 2_000_000);
                    run.Drones[0][0].Steps["pay"].Http!.Total.Record(answer == 7 ? 7_000_000 : 3_000_000);
                }

                run.Drones[1].Step("search", 20, 22, scenario: 1);
                run.Drones[1][1].Checks["has results"] = new(99, 1);
                run.Drones[2][0].Metrics["basket"] = new() { Kind = MetricKind.Gauge, Recorded = 2, Count = 2, Last = 3, Min = 1, Max = 8 };
                run.Drones[2][0].Metrics["sold"] = new() { Kind = MetricKind.Counter, Recorded = 2, Count = 12 };
                run.Drones[2][0].Metrics["size"] = MetricMeasurement.Of(MetricKind.Distribution, 3);
                run.Drones[2][0].Metrics["size"].Values!.Record(17);
            }

            run.Drones[2][0].Dropped += second == 4 ? 15 : 0;
            run.Drones[2][0].Interrupted += second == 6 ? 1 : 0;
            if (second != 3)
            {
                intervals.AddRange(run.Report(second));
            }
        }

        run.Drones[0].Attachments.Add(new("checkout", "cache", """{ "hits": 12, "names": ["a", null, true] }"""));
        run.Ledger.Note(new(RunEventKind.Warning, run.Started.StartTime.AddSeconds(3), "µ & 'quotes' <stay>") { RunTime = TimeSpan.FromSeconds(3) });
        return (run.Started, intervals, run.Finish(6) with { Folder = "/results/20260301-120000-checkout-run-1" });
    }
}
