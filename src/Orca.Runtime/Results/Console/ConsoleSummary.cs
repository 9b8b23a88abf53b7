using System.Globalization;

namespace Orca.Results.Console;

/// <summary>The summary that is written when a run is over. No line is wider than 100 columns, but for a report's path.</summary>
internal sealed class ConsoleSummary(RunReport report, Ink ink)
{
    private const int MostErrors = 10;
    private const int NameWidth = 30;

    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Write(bool quiet)
    {
        WriteVerdict();
        if (!quiet && report.StartTime is not null)
        {
            WriteLoad();
            WriteTable();
            WriteHttp();
            WriteChecks();
            WriteErrors();
            WriteThresholds();
        }

        if (report.Folder is not null)
        {
            _lines.Add("");
            _lines.Add($" report  {Path.Combine(report.Folder, Files.ReportFiles.PageName)}");
        }

        WriteRule();
        return _lines;
    }

    private void WriteVerdict()
    {
        var word = report.Verdict.ToString().ToUpperInvariant();
        _lines.Add("");
        WriteRule();
        _lines.Add($" {(report.Verdict == Verdict.Passed ? ink.Good("✓ " + word) : ink.Bad("✗ " + word))}  {ink.Strong(Column.Fit(Column.OneLine(report.Name), Column.LineWidth - word.Length - 6))}");
        WriteRule();
        foreach (var reason in report.Reasons)
        {
            var when = reason.Windows.IsEmpty ? "" : $" [{Figures.Windows(reason.Windows)}]";
            var cause = reason.Cause is { } known ? $"{Name(known)}: " : "";
            WriteWrapped($" {(reason.Verdict == report.Verdict ? "✗" : "·")} ", $"{cause}{reason.Text}{when}");
        }

        if (!report.Reasons.IsEmpty)
        {
            _lines.Add("");
        }

        var totals = report.Totals;
        var drones = report.Drones.Length == 1 ? "1 drone" : $"{Figures.Count(report.Drones.Length)} drones";
        if (report.StartTime is null)
        {
            _lines.Add($" run {Column.Fit(report.RunId, 60)} · the load never began");
            return;
        }

        var warmUp = report.WarmUp > TimeSpan.Zero ? $", the first {Figures.Clock(report.WarmUp)} left out" : "";
        _lines.Add(Column.Fit($" run {report.RunId} · {drones} · {Figures.Clock(report.RunTime)} of load{warmUp}", Column.LineWidth));
        var share = totals.Finished == 0 ? "" : $" ({Figures.Percent((double)totals.Failed / totals.Finished)})";
        _lines.Add($" {Figures.Count(totals.Finished)} iterations · {Figures.Rate(totals.Rate)} · {Figures.Count(totals.Failed)} failed{share}");
    }

    private void WriteLoad()
    {
        List<(string Scenario, string Asked, string Delivered, string Lacking)> rows = [];
        foreach (var load in report.Completeness.Scenarios)
        {
            if (load.ArrivalsPlanned > 0)
            {
                var unaccounted = Math.Max(0, load.ArrivalsUnaccounted);
                rows.Add((
                    load.Name,
                    $"{Figures.Count(load.ArrivalsPlanned)} arrivals",
                    $"{Figures.Count(load.ArrivalsStarted)} started ({Figures.Percent((double)load.ArrivalsStarted / load.ArrivalsPlanned)})",
                    Lacking((load.Dropped, "dropped"), (load.Missed, "missed"), (unaccounted, "unknown"), (load.Interrupted, "interrupted"))));
            }

            if (load.UserTimePlanned > TimeSpan.Zero)
            {
                rows.Add((
                    load.Name,
                    $"{Figures.Number(Math.Round(load.UserTimePlanned.TotalSeconds, 1))} user-seconds",
                    $"{Figures.Number(Math.Round(load.UserTime.TotalSeconds, 1))} ({Figures.Percent(load.UserTime / load.UserTimePlanned)})",
                    Lacking((load.Interrupted, "interrupted"))));
            }

            if (load.IterationsPlanned > 0)
            {
                var finished = load.IterationsFinished;
                rows.Add((
                    load.Name,
                    $"{Figures.Count(load.IterationsPlanned)} iterations",
                    finished is { } done ? $"{Figures.Count(done)} finished ({Figures.Percent((double)done / load.IterationsPlanned)})" : "–",
                    Lacking((load.Interrupted, "interrupted"))));
            }
        }

        if (rows.Count == 0)
        {
            return;
        }

        _lines.Add("");
        WriteRow(ink.Faint, $" {Column.Left("load", NameWidth)}{Column.Left("asked for", 24)}delivered");
        foreach (var (scenario, asked, delivered, lacking) in rows)
        {
            var plain = $" {Column.Left(scenario, NameWidth - 1)} {Column.Left(asked, 24)}{Column.Fit(delivered + lacking, Column.LineWidth - NameWidth - 25)}";
            WriteRow(lacking.Length > 0 ? ink.Doubtful : Same, plain);
        }
    }

    private static string Lacking(params (long Count, string What)[] parts) =>
        string.Concat(parts.Where(part => part.Count > 0).Select(part => $", {Figures.Count(part.Count)} {part.What}"));

    private void WriteTable()
    {
        _lines.Add("");
        WriteRow(ink.Faint, Row("scenario / step", "count", "failed", "rate", "p50", "p95", "p99", "max"));
        var unsure = false;
        foreach (var scenario in report.Scenarios)
        {
            var work = scenario.Measured;
            unsure |= work.KnownPercentile < 100;
            WriteRow(Same, Row(scenario.Name, work.Finished, work.Failed, work.Rate, work.Response, work.KnownPercentile));
            foreach (var step in work.Steps)
            {
                WriteRow(Same, Row("  " + step.Name, step.Ok + step.Failed, step.Failed, step.Rate, step.Service, work.KnownPercentile));
            }
        }

        if (unsure)
        {
            WriteWrapped(" ", "? unknown: so much of the work was dropped, missed or interrupted that the true figure may be any higher one.");
        }
    }

    private void WriteHttp()
    {
        var steps = report.Scenarios
            .SelectMany(scenario => scenario.Measured.Steps.Where(step => step.Http is not null)
                .Select(step => (Name: $"{scenario.Name}/{step.Name}", Http: step.Http!, scenario.Measured.Span, Known: scenario.Measured.KnownPercentile)))
            .ToList();
        if (steps.Count == 0)
        {
            return;
        }

        _lines.Add("");
        WriteRow(ink.Faint, Row("HTTP, to the first byte", "requests", "broken", "rate", "p50", "p95", "p99", "max"));
        foreach (var (name, http, span, known) in steps)
        {
            var rate = span > TimeSpan.Zero ? http.Requests / span.TotalSeconds : 0;
            WriteRow(Same, Row(name, http.Requests, http.Broken, rate, http.FirstByte, known));
            foreach (var error in http.Errors)
            {
                var start = $"   {Column.Right(Figures.Count(error.Count), 7)} × ";
                _lines.Add(start + Column.Fit(Column.OneLine(error.Sample is null ? error.Kind : $"{error.Kind}: {error.Sample}"), Column.LineWidth - start.Length));
            }
        }
    }

    private void WriteChecks()
    {
        var checks = report.Scenarios.SelectMany(scenario => scenario.Measured.Checks.Select(check => (Scenario: scenario.Name, Check: check))).ToList();
        if (checks.Count == 0)
        {
            return;
        }

        _lines.Add("");
        WriteRow(ink.Faint, " checks");
        foreach (var (scenario, check) in checks)
        {
            var all = check.Passed + check.Failed;
            var passed = all == 0 ? "–" : Figures.Percent((double)check.Passed / all);
            _lines.Add($" {ink.Mark(check.Failed == 0)} {Column.Left($"{scenario}: {check.Name}", 58)} {Column.Right(passed, 8)} of {Figures.Count(all)}");
        }
    }

    private void WriteErrors()
    {
        var errors = report.Scenarios
            .SelectMany(scenario => scenario.Measured.Errors.Select(error => (scenario.Name, Error: error))
                .Concat(scenario.Measured.Steps.SelectMany(step => step.Errors.Select(error => (Name: $"{scenario.Name}/{step.Name}", Error: error)))))
            .OrderByDescending(error => error.Error.Count).ToList();
        if (errors.Count == 0)
        {
            return;
        }

        _lines.Add("");
        WriteRow(ink.Faint, " errors");
        foreach (var (name, error) in errors.Take(MostErrors))
        {
            var text = Column.OneLine(error.Sample is null ? error.Kind : $"{error.Kind}: {error.Sample}");
            var start = $" {Column.Right(Figures.Count(error.Count), 9)}  {Column.Left(name, 24)} ";
            _lines.Add(start + Column.Fit(text, Column.LineWidth - start.Length));
        }

        if (errors.Count > MostErrors)
        {
            _lines.Add($"            and {errors.Count - MostErrors} more kinds, in the report");
        }
    }

    private void WriteThresholds()
    {
        if (report.Thresholds.IsEmpty)
        {
            return;
        }

        _lines.Add("");
        WriteRow(ink.Faint, " thresholds");
        foreach (var threshold in report.Thresholds)
        {
            var value = threshold.Value is { } known ? Figures.InUnit(known, threshold.Unit) : "–";
            var note = threshold.Unknown ? "unknown"
                : threshold.Value is null ? "never occurred"
                : threshold is { Margin: { } margin, Passed: true } ? $"{Figures.Percent(margin)} to spare"
                : "";
            note += threshold.Few ? (note.Length > 0 ? ", few samples" : "few samples") : "";
            _lines.Add($" {ink.Mark(threshold.Passed)} {Column.Left(Column.OneLine(threshold.Text), 50)} {Column.Right(value, 12)}{(note.Length > 0 ? "  " + ink.Faint(Column.Fit(note, 32)) : "")}");
        }
    }

    private static string Row(string name, long count, long failed, double rate, TimeStatistics? times, double known) => Row(
        name,
        Figures.Count(count),
        failed == 0 ? "–" : Figures.Count(failed),
        Figures.Rate(rate),
        Time(times?.P50, 50, known),
        Time(times?.P95, 95, known),
        Time(times?.P99, 99, known),
        Time(times?.Max, 100, known));

    private static string Row(string name, string count, string failed, string rate, string p50, string p95, string p99, string max) =>
        $" {Column.Left(Column.OneLine(name), NameWidth - 1)} {Column.Right(count, 11)}{Column.Right(failed, 9)}{Column.Right(rate, 11)}{Column.Right(p50, 9)}{Column.Right(p95, 9)}{Column.Right(p99, 9)}{Column.Right(max, 9)}";

    private static string Time(double? milliseconds, double percentile, double known) =>
        milliseconds is { } time ? Figures.Time(time) + (percentile > known + 1e-9 ? "?" : "") : "–";

    /// <summary>A cause in words.</summary>
    public static string Name(InvalidCause cause) => cause switch
    {
        InvalidCause.Generator => "generator",
        InvalidCause.UsersExhausted => "users exhausted",
        InvalidCause.DroneLost => "drone lost",
        InvalidCause.Medium => "medium",
        _ => cause.ToString().ToLower(CultureInfo.InvariantCulture),
    };

    private void WriteWrapped(string mark, string text)
    {
        var first = true;
        foreach (var line in Column.Wrap(text, Column.LineWidth - mark.Length))
        {
            _lines.Add((first ? mark : new string(' ', mark.Length)) + line);
            first = false;
        }
    }

    private void WriteRow(Func<string, string> paint, string row) => _lines.Add(paint(row.TrimEnd()));

    private void WriteRule() => _lines.Add(ink.Faint(new string('─', Column.LineWidth)));

    private static string Same(string text) => text;
}
