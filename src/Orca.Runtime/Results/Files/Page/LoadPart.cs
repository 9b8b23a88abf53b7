using System.Globalization;
using Orca.Results.Console;

namespace Orca.Results.Files.Page;

/// <summary>The load asked for and delivered, and the thresholds.</summary>
internal static class LoadPart
{
    public static void Write(RunReport report, Markup page)
    {
        page.Add($"<div class=\"cols\">");
        WriteThresholds(report, page);
        WriteLoad(report, page);
        page.Add($"</div>");
    }

    private static void WriteThresholds(RunReport report, Markup page)
    {
        page.Add($"<div class=\"card\"><h3 id=\"thresholds\">Thresholds</h3>");
        if (report.Thresholds.IsEmpty)
        {
            page.Add($"<p>The plan has none: the run passes where the load was the load asked for.</p></div>");
            return;
        }

        page.Add($"<div class=\"scroll\"><table class=\"sortable\" aria-labelledby=\"thresholds\"><thead><tr><th scope=\"col\">threshold</th><th scope=\"col\" class=\"n\">value</th><th scope=\"col\" class=\"n\">margin</th><th scope=\"col\" data-still>value to limit</th><th scope=\"col\" class=\"n\">first broken</th></tr></thead><tbody>");
        foreach (var threshold in report.Thresholds)
        {
            var value = threshold.Value is { } known ? Figures.InUnit(known, threshold.Unit) : "–";
            var margin = threshold.Margin is { } spare ? (spare < 0 ? "−" : "+") + Figures.Percent(Math.Abs(spare)) : "–";
            var notes = string.Join(", ", Notes(threshold));
            page.Add($"<tr><th scope=\"row\" class=\"wrap\">{Icons.Mark(threshold.Passed)} {threshold.Text}{(notes.Length > 0 ? Small(notes) : Trusted.None)}</th>");
            page.Add($"<td class=\"n{Trusted.If(!threshold.Passed, " is-bad")}\" data-v=\"{Sortable(threshold.Value)}\">{value}</td><td class=\"n{Trusted.If(!threshold.Passed, " is-bad")}\" data-v=\"{Sortable(threshold.Margin)}\">{margin}</td>");
            page.Add($"<td>{Gauge(threshold)}</td><td class=\"n\" data-v=\"{Sortable(threshold.FirstFailedAt?.TotalSeconds)}\">{(threshold.FirstFailedAt is { } at ? VerdictPart.When(at - report.Interval, at) : new Trusted("<span class=\"zero\">never</span>"))}</td></tr>");
        }

        page.Add($"</tbody></table></div></div>");
    }

    private static IEnumerable<string> Notes(ThresholdResult threshold)
    {
        if (threshold.Unknown)
        {
            yield return "unknown: too much of the work has no time";
        }
        else if (threshold.Value is null)
        {
            yield return "never occurred";
        }

        if (threshold.Few)
        {
            yield return "few samples";
        }

        if (threshold.EndedRun)
        {
            yield return "ended the run";
        }
    }

    private static Trusted Small(string notes) => new($"<br><small class=\"is-warn\">{notes}</small>");

    /// <summary>The value as a bar, the limit as a tick in it: where the bar may not reach, or must.</summary>
    private static Trusted Gauge(ThresholdResult threshold)
    {
        if (threshold.Value is not { } value || threshold.Limit < 0 || value < 0)
        {
            return Trusted.None;
        }

        var whole = Math.Max(value, threshold.Limit) is var most and > 0 ? Math.Max(most, Math.Min(threshold.Limit * 1.35, most * 1.35)) : 1;
        return new(string.Create(CultureInfo.InvariantCulture, $"<span class=\"gauge{(threshold.Passed ? "" : " is-fail")}\" role=\"img\" aria-label=\"the value is {value / Math.Max(threshold.Limit, 1e-12):0.##} times the limit\"><i style=\"width:{Math.Clamp(value / whole * 100, 0, 100):0.#}%\"></i><b style=\"left:{Math.Clamp(threshold.Limit / whole * 100, 0, 99):0.#}%\"></b></span>"));
    }

    private static void WriteLoad(RunReport report, Markup page)
    {
        page.Add($"<div class=\"card\"><h3 id=\"load\">Load asked for and delivered</h3><div class=\"scroll\"><table aria-labelledby=\"load\"><thead><tr><th scope=\"col\">scenario</th><th scope=\"col\" class=\"n\">asked for</th><th scope=\"col\" class=\"n\">delivered</th><th scope=\"col\">share</th><th scope=\"col\">lacking</th></tr></thead><tbody>");
        foreach (var load in report.Completeness.Scenarios)
        {
            if (load.ArrivalsPlanned > 0)
            {
                Row(load, $"{Figures.Count(load.ArrivalsPlanned)} arrivals", $"{Figures.Count(load.ArrivalsStarted)} started", (double)load.ArrivalsStarted / load.ArrivalsPlanned,
                    (load.Dropped, "dropped"), (load.Missed, "missed"), (Math.Max(0, load.ArrivalsUnaccounted), "unknown"), (load.Interrupted, "interrupted"));
            }

            if (load.UserTimePlanned > TimeSpan.Zero)
            {
                Row(load, $"{Figures.Number(Math.Round(load.UserTimePlanned.TotalSeconds, 1))} user-seconds", Figures.Number(Math.Round(load.UserTime.TotalSeconds, 1)), load.UserTime / load.UserTimePlanned, (load.Interrupted, "interrupted"));
            }

            if (load.IterationsPlanned > 0)
            {
                Row(load, $"{Figures.Count(load.IterationsPlanned)} iterations", load.IterationsFinished is { } done ? $"{Figures.Count(done)} finished" : "–",
                    load.IterationsFinished is { } finished ? (double)finished / load.IterationsPlanned : null, (load.Interrupted, "interrupted"));
            }
        }

        page.Add($"</tbody></table></div>");
        WriteGaps(report, page);
        page.Add($"</div>");

        void Row(ScenarioCompleteness load, string asked, string delivered, double? share, params (long Count, string What)[] lacking)
        {
            var lacks = string.Join(", ", lacking.Where(part => part.Count > 0).Select(part => $"{Figures.Count(part.Count)} {part.What}"));
            page.Add($"<tr><th scope=\"row\">{load.Name}</th><td class=\"n\">{asked}</td><td class=\"n\">{delivered}</td><td>{Meter(share)}</td><td class=\"wrap{Trusted.If(lacks.Length == 0, " zero")}\">{(lacks.Length == 0 ? "nothing" : lacks)}</td></tr>");
        }
    }

    private static void WriteGaps(RunReport report, Markup page)
    {
        var completeness = report.Completeness;
        if (completeness.IntervalsMissing > 0)
        {
            page.Add($"<p>{Figures.Count(completeness.IntervalsMissing)} {(completeness.IntervalsMissing == 1 ? "interval was" : "intervals were")} closed without a drone that took part, or could not be told apart; totals are exact all the same.</p>");
        }

        if (!completeness.DronesUnfinished.IsEmpty)
        {
            page.Add($"<p>The last measurements of {string.Join(", ", completeness.DronesUnfinished)} did not arrive: what {(completeness.DronesUnfinished.Length == 1 ? "it did in its" : "they did in their")} last interval is not counted.</p>");
        }

        if (completeness.DocumentsNotStored > 0)
        {
            page.Add($"<p>{Figures.Count(completeness.DocumentsNotStored)} documents were not stored.</p>");
        }
    }

    private static Trusted Meter(double? share) => share is not { } part
        ? Trusted.None
        : new(string.Create(CultureInfo.InvariantCulture, $"<span class=\"share\"><span class=\"meter{(part < 0.9 ? " is-fail" : part < 0.99 ? " is-short" : "")}\"><i style=\"width:{Math.Clamp(part * 100, 0, 100):0.#}%\"></i></span><small>{Figures.Percent(part)}</small></span>"));

    private static string Sortable(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
