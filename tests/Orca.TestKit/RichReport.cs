using System.Collections.Immutable;
using System.Text.Json;
using Orca.Results;

namespace Orca.TestKit;

/// <summary>A report of any length in which a bit of everything happened: a freeze, a lost drone, failed thresholds, gaps, errors of many kinds.</summary>
internal static class RichReport
{
    private const int Drones = 4;

    /// <summary>Makes a report.</summary>
    /// <param name="seconds">How long the run lasted, in intervals of a second.</param>
    /// <param name="steps">How many steps its first scenario has.</param>
    /// <param name="name">Put into every name and message that comes from a plan, a test or a drone.</param>
    public static RunReport Make(int seconds = 120, int steps = 6, string name = "")
    {
        var random = new Random(7);
        var start = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        string[] stepNames = [.. Enumerable.Range(1, steps).Select(step => $"step {step:00}{name}")];
        var lostAt = TimeSpan.FromSeconds(seconds * 0.6);
        var intervals = Enumerable.Range(0, seconds).Select(second => Interval(second, seconds, stepNames, name, lostAt, random)).ToImmutableArray();
        var shop = Work(intervals.Sum(interval => interval.Scenarios[0].Ok), 640, 41, seconds) with
        {
            Dropped = 212,
            KnownPercentile = 99.6,
            Errors = [new($"Timeout{name}", 431, $"No answer within 2 s.\n   at Shop.Pay(){name}"), new("HTTP 503", 209, $"Service Unavailable{name}")],
            Steps = [.. stepNames.Select((step, i) => new StepStatistics
            {
                Name = step,
                Ok = 9000 - (i * 100),
                Failed = i * 3,
                Rate = (9000.0 - (i * 100)) / seconds,
                Service = Times(9000, 8 + (i * 7)),
                Errors = i == 1 ? [new($"Refused{name}", 3, $"no luck{name}")] : [],
                Http = new() { Requests = 9000, Broken = i, BytesSent = 900_000, BytesReceived = 9_100_000, FirstByte = Times(9000, 6 + (i * 7)), Total = Times(9000, 7 + (i * 7)), Errors = i == 0 ? [] : [new($"HttpRequestException.ConnectionError{name}", i, $"Connection refused{name}")], Statuses = [new(200, 8800), new(302, 90), new(404, 60), new(503, 50)] },
            })],
            Checks = [new($"finds-something{name}", 8990, 10), new("is-fresh", 9000, 0)],
            Metrics = [new() { Name = $"basket{name}", Kind = "distribution", Count = 120, Rate = 1, Min = 1, Max = 9, Mean = 3.2, P50 = 3, P90 = 6, P95 = 7, P99 = 9 }],
        };
        var echo = Work(intervals.Sum(interval => interval.Scenarios[1].Ok), 0, 101, seconds);
        return new()
        {
            RunId = "20260301-120000-abcd",
            Name = $"checkout under load{name}",
            Swarm = "default",
            Verdict = Verdict.Invalid,
            ExitCode = 4,
            Reasons =
            [
                new() { Verdict = Verdict.Invalid, Cause = InvalidCause.UsersExhausted, Scenario = "shop", Text = $"212 of 12,000 (1.77%) of the arrivals of 'shop' were dropped: none of its 100 users was free.{name}", Windows = [new(At(0.3), At(0.36))] },
                new() { Verdict = Verdict.Failed, Text = "Threshold 'shop p99 < 500ms' failed. It was 812 ms." },
            ],
            StartTime = start,
            EndTime = start.AddSeconds(seconds),
            RunTime = TimeSpan.FromSeconds(seconds),
            Interval = TimeSpan.FromSeconds(1),
            Plan = JsonElement.Parse($$"""{ "name": {{JsonSerializer.Serialize("checkout" + name)}}, "scenarios": { "shop": { "load": [ { "rate": 20, "to": 100, "for": "{{seconds / 4}}s" }, { "rate": 100, "for": "{{seconds - (seconds / 4)}}s" } ] }, "echo": { "startAfter": "5s", "load": [ { "users": 30, "for": "{{seconds - 5}}s" } ] } } }"""),
            Packages = [new("Acme.Shop.LoadTests", "1.4.2", "q83vEjRWeJA="), new("NodaTime", "3.3.4", "abc=")],
            Tags = ImmutableSortedDictionary<string, string>.Empty.Add("branch", $"main{name}"),
            Thresholds =
            [
                new() { Text = "shop p99 < 500ms", Passed = false, Value = 812, Limit = 500, Unit = "ms", Margin = -0.624, Reason = "It was 812 ms.", FirstFailedAt = At(0.32) },
                new() { Text = $"shop errors < 1%{name}", Passed = true, Value = 0.41, Limit = 1, Unit = "%", Margin = 0.59 },
                new() { Text = "echo rate > 50/s", Passed = true, Value = 269.3, Limit = 50, Unit = "/s", Margin = 4.39, Few = true },
                new() { Text = "shop/refund p95 < 1s", Passed = false, Limit = 1000, Unit = "ms", Reason = "'shop/refund' never occurred." },
            ],
            Totals = Work(shop.Ok + echo.Ok, 640, 52, seconds),
            Scenarios = [new() { Name = "shop", Test = "shop", Measured = shop }, new() { Name = "echo", Test = "echo", Measured = echo }],
            Intervals = intervals,
            Drones = [.. Enumerable.Range(1, Drones).Select(drone => new DroneReport
            {
                Id = $"drone-{drone}{name}", Incarnation = "i1", Rank = drone - 1, Host = $"host{drone}{name}", Slots = "0-63", Share = 0.25, MeasuredTo = drone == 3 ? lostAt : TimeSpan.FromSeconds(seconds), Finished = drone != 3, Lost = drone == 3,
                Started = 9000, Ok = 8800, Failed = 200, Processors = 4, Cpu = 0.2 * drone, GcPause = TimeSpan.FromMilliseconds(90), WorkingSet = 150L << 20, Lateness = Times(9000, 0.3), SchedulingDelay = Times(900, 0.2),
            })],
            Events =
            [
                new(RunEventKind.DroneJoined, start.AddSeconds(-4), $"drone-1{name} joined."),
                new(RunEventKind.Phase, start, "The load starts on 4 drones.") { RunTime = TimeSpan.Zero },
                new(RunEventKind.ThresholdFailed, start + At(0.32), "Threshold 'shop p99 < 500ms' failed. It was 612 ms.") { RunTime = At(0.32) },
                new(RunEventKind.DroneLost, start + lostAt, $"drone-3 is lost.{name}") { RunTime = lostAt, Drone = "drone-3" },
                new(RunEventKind.EpochChanged, start + lostAt, "Its slots are dealt to 3 drones.") { RunTime = lostAt + TimeSpan.FromSeconds(0.5) },
                new(RunEventKind.Phase, start.AddSeconds(seconds), "The last stage is over; running iterations end.") { RunTime = TimeSpan.FromSeconds(seconds) },
            ],
            Attachments = [new($"drone-1{name}", "shop", $"cache{name}", JsonSerializer.SerializeToElement(new Dictionary<string, object> { ["hits"] = 12, ["note"] = name }))],
            Completeness = new()
            {
                Scenarios =
                [
                    new() { Name = "shop", ArrivalsPlanned = 12_000, ArrivalsStarted = 11_700, Dropped = 212, ArrivalsUnaccounted = 88, Interrupted = 3, Delivered = 0.975 },
                    new() { Name = "echo", UserTimePlanned = TimeSpan.FromSeconds(30 * seconds), UserTime = TimeSpan.FromSeconds(29.5 * seconds), Delivered = 0.983 },
                ],
                IntervalsMissing = 2,
                DronesUnfinished = ["drone-3"],
            },
        };

        TimeSpan At(double share) => TimeSpan.FromSeconds(Math.Floor(seconds * share));
    }

    private static RunInterval Interval(int second, int seconds, string[] steps, string name, TimeSpan lostAt, Random random)
    {
        var (at, frozen) = ((double)second / seconds, second >= seconds * 0.3 && second < (seconds * 0.3) + 4);
        var due = (long)Math.Min(100, 20 + (80 * at * 4));
        var failed = frozen ? 9 : random.Next(3);
        var shop = Figures("shop", due - failed, failed, frozen ? 900 : 40 + (12 * Math.Sin(second / 9.0)), random) with
        {
            ArrivalsAsked = due,
            Arrivals = due - (frozen ? 30 : 0),
            Dropped = frozen ? 30 : 0,
            Users = (int)(due * (frozen ? 1 : 0.4)),
            Errors = [new($"Timeout{name}", failed / 2), new("HTTP 503", failed - (failed / 2))],
            Steps = [.. steps.Select((step, i) => new IntervalStep { Name = step, Ok = due, Failed = i % 3, Service = IntervalTimesOf(6 + i + (frozen ? 300 : random.NextDouble() * 4)) })],
            BytesSent = due * 300,
            BytesReceived = due * 4000,
        };
        var echo = Figures("echo", 270, 0, frozen ? 400 : 101, random) with { UsersAsked = 30, Users = 30 };
        var isGap = second == seconds / 2;
        return new()
        {
            Number = second,
            From = TimeSpan.FromSeconds(second),
            To = TimeSpan.FromSeconds(second + 1),
            Missing = TimeSpan.FromSeconds(second) is var from && from >= lostAt - TimeSpan.FromSeconds(3) && from < lostAt ? [$"drone-3{name}"] : [],
            Wide = isGap,
            Total = Figures("swarm", shop.Ok + echo.Ok, failed, frozen ? 700 : 70, random) with { ArrivalsAsked = due, Arrivals = shop.Arrivals, Dropped = shop.Dropped, UsersAsked = 30, Users = shop.Users + 30, Errors = shop.Errors, BytesSent = shop.BytesSent, BytesReceived = shop.BytesReceived },
            Scenarios = [shop, echo],
            Drones = [.. Enumerable.Range(1, Drones).Where(drone => drone != 3 || TimeSpan.FromSeconds(second) < lostAt).Select(drone => new DroneFigures
            {
                Drone = $"drone-{drone}{name}", Started = 90, Finished = 88, Cpu = (0.15 * drone) + (random.NextDouble() * 0.1), GcPause = TimeSpan.FromMilliseconds(random.NextDouble() * 3), WorkingSet = (100L + (20 * drone) + (second % 20)) << 20, LatenessP99 = 0.2 + random.NextDouble(), SchedulingDelayP99 = 0.1 + random.NextDouble(),
            })],
        };
    }

    private static IntervalFigures Figures(string name, long ok, long failed, double median, Random random)
    {
        var count = ok + failed;
        var middle = (int)(Math.Log10(median * 1e6) * TimeSpread.BucketsPerDecade);
        long[] counts = [.. Enumerable.Range(-12, 40).Select(offset => (long)(count * Math.Exp(-offset * offset / 60.0) / 10 * (0.6 + (random.NextDouble() * 0.8))))];
        return new() { Name = name, Started = count, Ok = ok, Failed = failed, Rate = count, Response = IntervalTimesOf(median), Service = IntervalTimesOf(median * 0.8), Spread = new(middle - 12, [.. counts]), LatenessP99 = 0.4 };
    }

    private static IntervalTimes IntervalTimesOf(double median) =>
        new() { Min = median * 0.3, Mean = median * 1.2, P50 = median, P90 = median * 1.9, P95 = median * 2.4, P99 = median * 4, Max = median * 7 };

    private static WorkStatistics Work(long ok, long failed, double median, int seconds) => new()
    {
        Started = ok + failed, Finished = ok + failed, Ok = ok, Failed = failed, Rate = (double)(ok + failed) / seconds, Span = TimeSpan.FromSeconds(seconds), Response = Times(ok + failed, median), Service = Times(ok + failed, median * 0.8),
    };

    private static TimeStatistics Times(long count, double median) => new()
    {
        Count = count, Min = median * 0.3, Mean = median * 1.2, P50 = median, P75 = median * 1.4, P90 = median * 1.9, P95 = median * 2.4, P99 = median * 4, P999 = median * 6, P9999 = median * 7, Max = median * 7.5,
    };
}
