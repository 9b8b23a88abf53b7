using System.Globalization;

namespace Orca.Results.Console;

/// <summary>The summary that is written when a run is over. No line is wider than asked for, but for a report's path.</summary>
internal sealed class ConsoleSummary(RunReport report, Ink ink, int width)
{
    private const int MostErrors = 10;

    private readonly SummaryTable _table = new(width);
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
            _lines.Add($" report  {Path.Combine(Here(report.Folder), Files.ReportFiles.PageName)}");
        }

        WriteRule();
        return _lines;
    }

    private void WriteVerdict()
    {
        var word = report.Verdict.ToString().ToUpperInvariant();
        _lines.Add("");
        WriteRule();
        _lines.Add($" {(report.Verdict == Verdict.Passed ? ink.Good("✓ " + word) : ink.Bad("✗ " + word))}  {ink.Strong(Column.Fit(Column.OneLine(report.Name), width - word.Length - 6))}");
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
        var drones = Figures.Count(report.Drones.Length, "drone");
        if (report.StartTime is null)
        {
            _lines.Add($" run {Column.Fit(report.RunId, 60)} · the load never began");
            return;
        }

        var warmUp = report.WarmUp > TimeSpan.Zero ? $", the first {Figures.Clock(report.WarmUp)} left out" : "";
        _lines.Add(Column.Fit($" run {report.RunId} · {drones} · {Figures.Clock(report.RunTime)} of load{warmUp}", width));
        var share = totals.Failed == 0 ? "" : $" ({Figures.Percent((double)totals.Failed / totals.Finished)})";
        WriteRow(Same, $" {Figures.Count(totals.Finished)} iterations · {Figures.Rate(totals.Rate)} · {Figures.Count(totals.Failed)} failed{share}");
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
        // Where there is no room side by side, what was delivered stands below what was asked for.
        var (beside, name) = (width >= 76, width >= 96 ? 30 : 20);
        WriteRow(ink.Faint, beside ? $" {Column.Left("load", name)}{Column.Left("asked for", 24)}delivered" : " load asked for, and delivered");
        foreach (var (scenario, asked, delivered, lacking) in rows)
        {
            Func<string, string> paint = lacking.Length > 0 ? ink.Doubtful : Same;
            if (beside)
            {
                WriteRow(paint, $" {Column.Left(Column.OneLine(scenario), name - 1)} {Column.Left(asked, 24)}{delivered}{lacking}");
                continue;
            }

            WriteRow(paint, $" {Column.OneLine(scenario)}: {asked}");
            WriteRow(paint, $"   {delivered}{lacking}");
        }
    }

    private static string Lacking(params (long Count, string What)[] parts) =>
        string.Concat(parts.Where(part => part.Count > 0).Select(part => $", {Figures.Count(part.Count)} {part.What}"));

    private void WriteTable()
    {
        _lines.Add("");
        WriteRow(ink.Faint, _table.Head("scenario / step", "count", "failed"));
        var unsure = false;
        foreach (var scenario in report.Scenarios)
        {
            var work = scenario.Measured;
            unsure |= work.KnownPercentile < 100;
            WriteRow(Same, _table.Row(scenario.Name, work.Finished, work.Failed, work.Rate, work.Response, work.KnownPercentile));
            foreach (var step in work.Steps)
            {
                WriteRow(Same, _table.Row("  " + step.Name, step.Ok + step.Failed, step.Failed, step.Rate, step.Service, work.KnownPercentile));
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
        WriteRow(ink.Faint, _table.Head(width < 96 ? "first byte" : "HTTP, to the first byte", "requests", "broken"));
        foreach (var (name, http, span, known) in steps)
        {
            var rate = span > TimeSpan.Zero ? http.Requests / span.TotalSeconds : 0;
            WriteRow(Same, _table.Row(name, http.Requests, http.Broken, rate, http.FirstByte, known));
            foreach (var error in http.Errors)
            {
                var start = $"   {Column.Right(Figures.Count(error.Count), 7)} × ";
                _lines.Add(start + Column.Fit(Column.OneLine(error.Sample is null ? error.Kind : $"{error.Kind}: {error.Sample}"), width - start.Length));
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
            _lines.Add($" {ink.Mark(check.Failed == 0)} {Column.Left(Column.OneLine($"{scenario}: {check.Name}"), Math.Min(58, width - 30))} {Column.Right(passed, 8)} of {Figures.Count(all)}");
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
            var start = $" {Column.Right(Figures.Count(error.Count), 9)}  {Column.Left(Column.OneLine(name), Math.Min(24, width / 4))} ";
            _lines.Add(start + Column.Fit(text, width - start.Length));
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
        var withNotes = width >= 64;
        var text = Math.Min(50, width - (withNotes ? 33 : 16));
        foreach (var threshold in report.Thresholds)
        {
            var value = threshold.Value is { } known ? Figures.InUnit(known, threshold.Unit) : "–";
            var note = threshold.Unknown ? "unknown"
                : threshold.Value is null ? "never occurred"
                : threshold is { Margin: { } margin, Passed: true } ? $"{Figures.Percent(margin)} to spare"
                : "";
            note += threshold.Few ? (note.Length > 0 ? ", few samples" : "few samples") : "";
            _lines.Add($" {ink.Mark(threshold.Passed)} {Column.Left(Column.OneLine(threshold.Text), text)} {Column.Right(value, 12)}{(withNotes && note.Length > 0 ? "  " + ink.Faint(Column.Fit(note, width - text - 18)) : "")}");
        }
    }

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
        foreach (var line in Column.Wrap(text, width - mark.Length))
        {
            _lines.Add((first ? mark : new string(' ', mark.Length)) + line);
            first = false;
        }
    }

    private void WriteRow(Func<string, string> paint, string row) => _lines.Add(paint(Column.Fit(row.TrimEnd(), width)));

    private void WriteRule() => _lines.Add(ink.Faint(new string('─', width)));

    private static string Same(string text) => text;

    // Shorter where it lies below where one is, as it does unless told otherwise.
    private static string Here(string folder)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, folder);
        return relative.StartsWith("..", StringComparison.Ordinal) ? folder : relative;
    }
}
