using System.Buffers;
using System.IO.Compression;
using System.Text.Json;

namespace Orca.Results.Files.Page;

/// <summary>The series that the page's script draws: a block of JSON for the run, for all scenarios together, for each scenario, each step and the drones.</summary>
internal static class PageData
{
    private const int MostDrones = 40;

    // Below this much of a run, every drone's every interval is in the page; above it, the greatest of each few.
    private const int MostDronePoints = 120_000;

    /// <summary>The blocks that are drawn when the page opens, by id, each gzipped and in base64.</summary>
    public static IEnumerable<(string Id, string Text)> First(RunReport report)
    {
        var intervals = Shown(report);
        yield return ("run", Packed(json => PageTimeline.Write(report, intervals, json)));
        yield return ("all", Packed(json => WriteScope(json, intervals, interval => interval.Total, Exact(report, report.Totals))));
    }

    /// <summary>The other blocks.</summary>
    public static IEnumerable<(string Id, string Text)> Others(RunReport report)
    {
        var intervals = Shown(report);
        yield return ("drones", Packed(json => WriteDrones(json, report, intervals)));
        foreach (var (i, scenario) in report.Scenarios.Index())
        {
            yield return ($"s{i}", Packed(json => WriteScope(json, intervals, interval => Of(interval, scenario.Name), Exact(report, scenario.Measured))));
        }

        foreach (var (id, scenario, step) in Steps(report))
        {
            yield return (id, Packed(json => WriteStep(json, intervals, interval => Of(interval, scenario)?.Steps.FirstOrDefault(found => found.Name == step))));
        }
    }

    /// <summary>The steps of a report, each with the id of its block.</summary>
    public static IEnumerable<(string Id, string Scenario, string Step)> Steps(RunReport report) =>
        report.Scenarios.SelectMany(scenario => scenario.Measured.Steps.Concat(scenario.WarmUp?.Steps ?? []).Select(step => step.Name).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal).Select(step => (scenario.Name, step))).Select((found, i) => ($"t{i}", found.Name, found.step));

    public static int DronesShown(RunReport report) => Math.Min(report.Drones.Length, MostDrones);

    private static List<RunInterval> Shown(RunReport report) => [.. report.Intervals.Where(interval => !interval.Correction)];

    /// <summary>A scenario's figures in an interval. In the one in which the warm-up ends, those of its greater part: percentiles are not averaged.</summary>
    private static IntervalFigures? Of(RunInterval interval, string scenario)
    {
        var measured = interval.Scenarios.FirstOrDefault(figures => figures.Name == scenario);
        var warmUp = interval.WarmUp.FirstOrDefault(figures => figures.Name == scenario);
        return warmUp is null || warmUp.Started + warmUp.Ok + warmUp.Failed < (measured?.Started + measured?.Ok + measured?.Failed ?? 0) ? measured : warmUp;
    }

    /// <summary>The whole run's response times, where its intervals hold nothing else: no warm-up.</summary>
    private static TimeStatistics? Exact(RunReport report, WorkStatistics work) => report.WarmUp > TimeSpan.Zero ? null : work.Response;

    private static void WriteScope(Utf8JsonWriter json, List<RunInterval> intervals, Func<RunInterval, IntervalFigures?> of, TimeStatistics? exact)
    {
        IntervalFigures?[] all = [.. intervals.Select(of)];
        void Column(string name, Func<IntervalFigures, RunInterval, double?> value) => PageColumns.Write(json, name, all.Zip(intervals, (figures, interval) => figures is null ? null : value(figures, interval)));
        void Times(string name, Func<IntervalFigures, IntervalTimes?> times) => PageColumns.WriteTimes(json, name, all.Select(figures => figures is null ? null : times(figures)));

        Column("usersAsked", (figures, _) => figures.UsersAsked);
        Column("users", (figures, _) => figures.Users);
        Column("due", (figures, interval) => figures.ArrivalsAsked / interval.Seconds);
        Column("arrivals", (figures, interval) => figures.Arrivals / interval.Seconds);
        Column("started", (figures, interval) => figures.Started / interval.Seconds);
        Column("ok", (figures, interval) => figures.Ok / interval.Seconds);
        Column("failed", (figures, interval) => figures.Failed / interval.Seconds);
        Column("dropped", (figures, interval) => figures.Dropped / interval.Seconds);
        Column("missed", (figures, interval) => figures.Missed / interval.Seconds);
        Column("sent", (figures, interval) => figures.BytesSent / interval.Seconds);
        Column("received", (figures, interval) => figures.BytesReceived / interval.Seconds);
        Times("response", figures => figures.Response);
        Times("service", figures => figures.Service);
        if (exact is not null)
        {
            json.WriteStartObject("exact");
            json.WriteNumber("p50", exact.P50);
            json.WriteNumber("p95", exact.P95);
            json.WriteNumber("p99", exact.P99);
            json.WriteEndObject();
        }

        WriteErrors(json, intervals, all);
        WriteHeat(json, all);
    }

    private static void WriteErrors(Utf8JsonWriter json, List<RunInterval> intervals, IntervalFigures?[] all)
    {
        const int most = 8;
        var kinds = all.OfType<IntervalFigures>().SelectMany(figures => figures.Errors).GroupBy(error => error.Kind, StringComparer.Ordinal)
            .OrderByDescending(errors => errors.Sum(error => error.Count)).ThenBy(errors => errors.Key, StringComparer.Ordinal).Select(errors => errors.Key).ToList();
        json.WriteStartArray("errors");
        foreach (var kind in kinds.Take(most))
        {
            Write(kind, error => error.Kind == kind);
        }

        if (kinds.Count > most)
        {
            var others = kinds.Skip(most).ToHashSet(StringComparer.Ordinal);
            Write($"{others.Count} other kinds", error => others.Contains(error.Kind));
        }

        json.WriteEndArray();

        void Write(string kind, Func<IntervalErrors, bool> of)
        {
            json.WriteStartObject();
            json.WriteString("kind", kind);
            PageColumns.Write(json, "rate", all.Zip(intervals, (figures, interval) => figures is null ? null : (double?)(figures.Errors.Where(of).Sum(error => error.Count) / interval.Seconds)));
            json.WriteEndObject();
        }
    }

    private static void WriteHeat(Utf8JsonWriter json, IntervalFigures?[] all)
    {
        if (all.All(figures => figures?.Spread is null))
        {
            return;
        }

        json.WriteStartObject("heat");
        json.WriteStartArray("first");
        foreach (var figures in all)
        {
            PageColumns.WriteValue(json, figures?.Spread?.First);
        }

        json.WriteEndArray();
        json.WriteStartArray("counts");
        foreach (var figures in all)
        {
            if (figures?.Spread is not { } spread)
            {
                json.WriteNullValue();
                continue;
            }

            json.WriteStartArray();
            foreach (var count in spread.Counts)
            {
                json.WriteNumberValue(count);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteStep(Utf8JsonWriter json, List<RunInterval> intervals, Func<RunInterval, IntervalStep?> of)
    {
        IntervalStep?[] all = [.. intervals.Select(of)];
        json.WriteBoolean("step", true);
        PageColumns.Write(json, "ok", all.Zip(intervals, (step, interval) => step is null ? null : (double?)(step.Ok / interval.Seconds)));
        PageColumns.Write(json, "failed", all.Zip(intervals, (step, interval) => step is null ? null : (double?)(step.Failed / interval.Seconds)));
        PageColumns.WriteTimes(json, "service", all.Select(step => step?.Service));
    }

    private static void WriteDrones(Utf8JsonWriter json, RunReport report, List<RunInterval> intervals)
    {
        var shown = report.Drones
            .OrderByDescending(drone => drone.Lost).ThenByDescending(drone => Math.Max(drone.Lateness?.P99 ?? 0, drone.SchedulingDelay?.P99 ?? 0)).Take(MostDrones)
            .OrderBy(drone => drone.Rank ?? int.MaxValue).ThenBy(drone => drone.Id, StringComparer.Ordinal).DistinctBy(drone => drone.Id).ToList();
        var figures = intervals.Select(interval => interval.Drones.GroupBy(drone => drone.Drone, StringComparer.Ordinal).ToDictionary(drones => drones.Key, drones => drones.ToList(), StringComparer.Ordinal)).ToList();
        var each = Math.Max(1, (int)Math.Ceiling((double)shown.Count * intervals.Count / MostDronePoints));
        json.WriteStartArray("drones");
        foreach (var drone in shown)
        {
            json.WriteStartObject();
            json.WriteString("id", drone.Id);
            json.WriteBoolean("lost", drone.Lost);
            Column("cpu", (found, _) => found.Cpu);
            Column("lateness", (found, _) => found.LatenessP99);
            Column("delay", (found, _) => found.SchedulingDelayP99);
            Column("gc", (found, _) => found.GcPause.TotalMilliseconds);
            Column("memory", (found, _) => found.WorkingSet);
            Column("started", (found, interval) => found.Started / interval.Seconds);
            json.WriteEndObject();

            void Column(string name, Func<DroneFigures, RunInterval, double?> value)
            {
                double?[] values = [.. figures.Zip(intervals, (byDrone, interval) => byDrone.TryGetValue(drone.Id, out var found) ? found.Max(some => value(some, interval)) : null)];
                PageColumns.Write(json, name, values.Chunk(each).SelectMany(some => Enumerable.Repeat(some.Max(), some.Length)));
            }
        }

        json.WriteEndArray();
    }

    private static string Packed(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(buffer.WrittenSpan);
        }

        return Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length);
    }
}
