using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Orca.Results.Files;

/// <summary>Writes <c>intervals.csv</c>: a row for each interval and scenario, and one for each step; times in milliseconds, run time in seconds.</summary>
internal static class IntervalsFile
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    private static readonly string[] Columns =
    [
        "interval", "from_s", "to_s", "mark", "part", "scenario", "step", "users_asked", "users", "arrivals_asked", "arrivals", "started", "ok", "failed",
        "dropped", "missed", "interrupted", "rate", .. TimeColumns("response"), .. TimeColumns("service"), "lateness_p99_ms", "bytes_sent", "bytes_received",
    ];

    public static async Task WriteAsync(RunReport report, Stream target, CancellationToken ct)
    {
        await using var writer = new StreamWriter(target, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\r\n" };
        await writer.WriteLineAsync(string.Join(',', Columns).AsMemory(), ct);
        foreach (var interval in report.Intervals)
        {
            await WriteAsync(writer, interval, "total", interval.Total, ct);
            foreach (var figures in interval.WarmUp)
            {
                await WriteAsync(writer, interval, "warm-up", figures, ct);
            }

            foreach (var figures in interval.Scenarios)
            {
                await WriteAsync(writer, interval, "measured", figures, ct);
            }
        }
    }

    private static async Task WriteAsync(StreamWriter writer, RunInterval interval, string part, IntervalFigures figures, CancellationToken ct)
    {
        await writer.WriteLineAsync(string.Join(',', Row(interval, part, figures)).AsMemory(), ct);
        foreach (var step in figures.Steps)
        {
            await writer.WriteLineAsync(string.Join(',', Row(interval, part, figures.Name, step)).AsMemory(), ct);
        }
    }

    private static IEnumerable<string> Row(RunInterval interval, string part, IntervalFigures figures) =>
    [
        .. Bounds(interval, part), part == "total" ? "" : Quoted(figures.Name), "",
        Text(figures.UsersAsked), Text(figures.Users), Text(figures.ArrivalsAsked), Text(figures.Arrivals), Text(figures.Started), Text(figures.Ok), Text(figures.Failed),
        Text(figures.Dropped), Text(figures.Missed), Text(figures.Interrupted), Text(figures.Rate), .. Times(figures.Response), .. Times(figures.Service),
        Text(figures.LatenessP99), Text(figures.BytesSent), Text(figures.BytesReceived),
    ];

    private static IEnumerable<string> Row(RunInterval interval, string part, string scenario, IntervalStep step) =>
    [
        .. Bounds(interval, part), Quoted(scenario), Quoted(step.Name),
        "", "", "", "", "", Text(step.Ok), Text(step.Failed),
        "", "", "", Text((step.Ok + step.Failed) / interval.Seconds), .. Times(null), .. Times(step.Service),
        "", "", "",
    ];

    private static string[] Bounds(RunInterval interval, string part) =>
    [
        Text(interval.Number), Text(interval.From.TotalSeconds), Text(interval.To.TotalSeconds),
        interval.Correction ? "correction" : interval.Wide ? "wide" : interval.Missing.IsEmpty ? "" : "missing", part,
    ];

    private static IEnumerable<string> TimeColumns(string of) => ((string[])["min", "mean", "p50", "p90", "p95", "p99", "max"]).Select(figure => $"{of}_{figure}_ms");

    private static string[] Times(IntervalTimes? times) => times is null
        ? ["", "", "", "", "", "", ""]
        : [Text(times.Min), Text(times.Mean), Text(times.P50), Text(times.P90), Text(times.P95), Text(times.P99), Text(times.Max)];

    private static string Text(long value) => value.ToString(Plain);

    private static string Text(double value) => value.ToString("0.######", Plain);

    private static string Text(double? value) => value is { } known ? Text(known) : "";

    /// <summary>A name as one field. A spreadsheet would take some first characters for a formula; those get a ' before them.</summary>
    private static string Quoted(string name)
    {
        var text = name.Length > 0 && "=+-@\t\r".Contains(name[0], StringComparison.Ordinal) ? "'" + name : name;
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
