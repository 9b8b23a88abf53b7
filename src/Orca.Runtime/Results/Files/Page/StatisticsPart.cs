using System.Globalization;
using Orca.Results.Console;

namespace Orca.Results.Files.Page;

/// <summary>A row for each scenario and step with all percentiles, sortable; the warm-up's folded away.</summary>
internal static class StatisticsPart
{
    private static readonly (string Name, double Percentile, Func<TimeStatistics, double> Of)[] Columns =
    [
        ("min", 0, times => times.Min), ("mean", 100, times => times.Mean), ("p50", 50, times => times.P50), ("p75", 75, times => times.P75), ("p90", 90, times => times.P90), ("p95", 95, times => times.P95),
        ("p99", 99, times => times.P99), ("p99.9", 99.9, times => times.P999), ("p99.99", 99.99, times => times.P9999), ("max", 100, times => times.Max),
    ];

    public static void Write(RunReport report, Markup page)
    {
        page.Add($"<section id=\"statistics\"><h2>Statistics</h2>");
        var unsure = WriteTable(page, "Scenarios and steps", [.. report.Scenarios.Select(scenario => (scenario.Name, scenario.Measured))]);
        page.Add($"<p class=\"note\">Response times run from the intended start, so that waiting counts; service times, and those of steps, from the actual start. Failed ones are in both.</p>");
        if (unsure)
        {
            page.Add($"<p class=\"note\">? So much of the work was dropped, missed or interrupted that the true figure may be any higher one.</p>");
        }

        if (report.Scenarios.Any(scenario => scenario.WarmUp is { Finished: > 0 }))
        {
            page.Add($"<details class=\"fold\"><summary>Warm-up <small>the first {Figures.Clock(report.WarmUp)}, kept out of figures and thresholds</small></summary>");
            WriteTable(page, "Warm-up", [.. report.Scenarios.Where(scenario => scenario.WarmUp is not null).Select(scenario => (scenario.Name, scenario.WarmUp!))]);
            page.Add($"</details>");
        }

        page.Add($"</section>");
    }

    private static bool WriteTable(Markup page, string caption, IReadOnlyList<(string Name, WorkStatistics Work)> scenarios)
    {
        var all = scenarios.SelectMany(scenario => (TimeStatistics?[])[scenario.Work.Response, scenario.Work.Service, .. scenario.Work.Steps.Select(step => step.Service)]).OfType<TimeStatistics>().ToList();
        var plot = all.Count == 0 ? null : new RangePlot(all.Min(times => times.P50), all.Max(times => times.P99));
        var unsure = false;
        page.Add($"<div class=\"card\"><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{caption}\"><table class=\"sortable sticky\"><caption class=\"unseen\">{caption}</caption><thead><tr><th scope=\"col\">scenario / step</th><th scope=\"col\" class=\"n\">count</th><th scope=\"col\" class=\"n\">failed</th><th scope=\"col\" class=\"n\">failed %</th><th scope=\"col\" class=\"n\">rate</th><th scope=\"col\" class=\"range\" data-still>p50 – p95 – p99</th>");
        foreach (var (name, _, _) in Columns)
        {
            page.Add($"<th scope=\"col\" class=\"n\">{name}</th>");
        }

        page.Add($"</tr></thead>");
        foreach (var (name, work) in scenarios)
        {
            unsure |= work.KnownPercentile < 100;
            page.Add($"<tbody>");
            Row("scenario", name, "", work.Finished, work.Failed, work.Rate, work.Response, work.KnownPercentile);
            if (work.Response is not null && work.Service != work.Response)
            {
                Row("step", "(service time)", "", work.Finished, work.Failed, work.Rate, work.Service, work.KnownPercentile);
            }

            foreach (var step in work.Steps)
            {
                Row("step", step.Name, "", step.Ok + step.Failed, step.Failed, step.Rate, step.Service, work.KnownPercentile);
            }

            page.Add($"</tbody>");
        }

        page.Add($"</table></div></div>");
        return unsure;

        void Row(string kind, string name, string note, long count, long failed, double rate, TimeStatistics? times, double known)
        {
            var share = count == 0 ? 0 : (double)failed / count;
            page.Add($"<tr class=\"{kind}\"><th scope=\"row\">{name}{note}</th><td class=\"n\" data-v=\"{count}\">{Figures.Count(count)}</td><td class=\"n{Trusted.If(failed > 0, " is-bad")}{Trusted.If(failed == 0, " zero")}\" data-v=\"{failed}\">{Figures.Count(failed)}</td><td class=\"n{Trusted.If(failed > 0, " is-bad")}{Trusted.If(failed == 0, " zero")}\" data-v=\"{Sortable(share)}\">{Figures.Percent(share)}</td><td class=\"n\" data-v=\"{Sortable(rate)}\">{Figures.Rate(rate)}</td><td class=\"range\">{(times is null ? Trusted.None : plot!.Draw(times))}</td>");
            foreach (var (column, percentile, of) in Columns)
            {
                var value = times is null ? (double?)null : of(times);
                page.Add($"<td class=\"n\" data-v=\"{Sortable(value)}\">{Figures.Time(value)}{(value is not null && percentile > known + 1e-9 && column != "mean" ? "?" : "")}</td>");
            }

            page.Add($"</tr>");
        }
    }

    private static string Sortable(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
