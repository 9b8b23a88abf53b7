using System.Globalization;
using System.Text;
using Orca.Results.Console;

namespace Orca.Results.Files.Page;

/// <summary>Errors with a sample each, HTTP status codes, checks, the test's own metrics.</summary>
internal static class FindingsPart
{
    public static bool HasAny(RunReport report) => report.Scenarios.Any(scenario =>
        !scenario.Measured.Errors.IsEmpty || !scenario.Measured.Checks.IsEmpty || !scenario.Measured.Metrics.IsEmpty || scenario.Measured.Steps.Any(step => !step.Errors.IsEmpty || step.Http is not null));

    public static void Write(RunReport report, Markup page)
    {
        if (!HasAny(report))
        {
            return;
        }

        page.Add($"<section id=\"findings\"><h2>Errors and checks</h2><div class=\"stack\">");
        WriteErrors(report, page);
        page.Add($"<div class=\"cols\">");
        WriteStatuses(report, page);
        WriteChecks(report, page);
        WriteMetrics(report, page);
        page.Add($"</div></div></section>");
    }

    private static void WriteErrors(RunReport report, Markup page)
    {
        var errors = report.Scenarios
            .SelectMany(scenario => scenario.Measured.Errors.Select(error => (Where: scenario.Name, Of: scenario.Measured.Finished, Error: error))
                .Concat(scenario.Measured.Steps.SelectMany(step => step.Errors.Select(error => (Where: $"{scenario.Name} / {step.Name}", Of: step.Ok + step.Failed, Error: error)))))
            .OrderByDescending(found => found.Error.Count).ToList();
        page.Add($"<div class=\"card\"><h3 id=\"errors\">Errors</h3>");
        if (errors.Count == 0)
        {
            page.Add($"<p>None.</p></div>");
            return;
        }

        page.Add($"<div class=\"scroll\"><table class=\"sortable\" aria-labelledby=\"errors\"><thead><tr><th scope=\"col\">scenario / step</th><th scope=\"col\">kind</th><th scope=\"col\" class=\"n\">count</th><th scope=\"col\" class=\"n\">share</th><th scope=\"col\">a sample</th></tr></thead><tbody>");
        foreach (var (where, of, error) in errors)
        {
            var share = of == 0 ? 0 : (double)error.Count / of;
            page.Add($"<tr><th scope=\"row\" class=\"wrap\">{where}</th><td class=\"wrap\">{error.Kind}</td><td class=\"n\" data-v=\"{error.Count}\">{Figures.Count(error.Count)}</td><td class=\"n\" data-v=\"{share}\">{Figures.Percent(share)}</td><td class=\"pre\">{error.Sample}</td></tr>");
        }

        page.Add($"</tbody></table></div></div>");
    }

    private static void WriteStatuses(RunReport report, Markup page)
    {
        var steps = report.Scenarios.SelectMany(scenario => scenario.Measured.Steps.Where(step => step.Http is not null).Select(step => (Where: $"{scenario.Name} / {step.Name}", Http: step.Http!))).ToList();
        if (steps.Count == 0)
        {
            return;
        }

        page.Add($"<div class=\"card full\"><h3 id=\"statuses\">HTTP</h3><div class=\"scroll\"><table class=\"sortable\" aria-labelledby=\"statuses\"><thead><tr><th scope=\"col\">step</th><th scope=\"col\" class=\"n\">requests</th><th scope=\"col\" data-still>answers</th><th scope=\"col\" class=\"n\">first byte p50</th><th scope=\"col\" class=\"n\">p95</th><th scope=\"col\" class=\"n\">p99</th><th scope=\"col\" class=\"n\">max</th><th scope=\"col\" class=\"n\">sent</th><th scope=\"col\" class=\"n\">received</th></tr></thead><tbody>");
        foreach (var (where, http) in steps)
        {
            page.Add($"<tr><th scope=\"row\" class=\"wrap\">{where}</th><td class=\"n\" data-v=\"{http.Requests}\">{Figures.Count(http.Requests)}</td><td class=\"wrap\">{Codes(http)}</td>");
            foreach (var time in (double?[])[http.FirstByte?.P50, http.FirstByte?.P95, http.FirstByte?.P99, http.FirstByte?.Max])
            {
                page.Add($"<td class=\"n\" data-v=\"{time?.ToString("R", CultureInfo.InvariantCulture)}\">{Figures.Time(time)}</td>");
            }

            page.Add($"<td class=\"n\" data-v=\"{http.BytesSent}\">{Figures.Bytes(http.BytesSent)}</td><td class=\"n\" data-v=\"{http.BytesReceived}\">{Figures.Bytes(http.BytesReceived)}</td></tr>");
        }

        page.Add($"</tbody></table></div></div>");
    }

    private static Trusted Codes(HttpStatistics http)
    {
        var (bars, list) = (new StringBuilder(), new StringBuilder());
        IEnumerable<(string Text, int Class, long Count)> all =
        [
            .. http.Statuses.Select(status => (status.Status.ToString(CultureInfo.InvariantCulture), Math.Clamp(status.Status / 100, 0, 5), status.Count)),
            .. http.Errors.Select(error => (Markup.Escape(error.Kind), 0, error.Count)),
            ("no answer", 0, http.Broken - http.Errors.Sum(error => error.Count)),
        ];
        foreach (var (text, kind, count) in all.Where(some => some.Count > 0))
        {
            bars.Append(CultureInfo.InvariantCulture, $"<i class=\"c{kind}\" style=\"flex:{count}\"></i>");
            list.Append(CultureInfo.InvariantCulture, $"<span class=\"code\" style=\"--k:var(--{(kind is 0 or 5 ? "bad" : kind == 4 ? "p95" : kind == 3 ? "p90" : "good")})\">{text} <b>{Figures.Count(count)}</b></span>");
        }

        return new($"<span class=\"codes\" aria-hidden=\"true\">{bars}</span>{list}");
    }

    private static void WriteChecks(RunReport report, Markup page)
    {
        var checks = report.Scenarios.SelectMany(scenario => scenario.Measured.Checks.Select(check => (scenario.Name, Check: check))).ToList();
        if (checks.Count == 0)
        {
            return;
        }

        page.Add($"<div class=\"card\"><h3 id=\"checks\">Checks</h3><div class=\"scroll\"><table class=\"sortable\" aria-labelledby=\"checks\"><thead><tr><th scope=\"col\">check</th><th scope=\"col\" class=\"n\">passed</th><th scope=\"col\" class=\"n\">failed</th><th scope=\"col\" class=\"n\">share</th><th scope=\"col\" data-still></th></tr></thead><tbody>");
        foreach (var (scenario, check) in checks)
        {
            var all = check.Passed + check.Failed;
            var share = all == 0 ? 0 : (double)check.Passed / all;
            var bar = new Trusted(string.Create(CultureInfo.InvariantCulture, $"<span class=\"meter{(check.Failed > 0 ? " is-fail" : "")}\"><i style=\"width:{share * 100:0.#}%\"></i></span>"));
            page.Add($"<tr><th scope=\"row\" class=\"wrap\">{Icons.Mark(check.Failed == 0)} {scenario} / {check.Name}</th><td class=\"n\" data-v=\"{check.Passed}\">{Figures.Count(check.Passed)}</td><td class=\"n{Trusted.If(check.Failed > 0, " is-bad")}\" data-v=\"{check.Failed}\">{Figures.Count(check.Failed)}</td><td class=\"n\" data-v=\"{share}\">{(all == 0 ? "–" : Figures.Percent(share))}</td><td>{bar}</td></tr>");
        }

        page.Add($"</tbody></table></div></div>");
    }

    private static void WriteMetrics(RunReport report, Markup page)
    {
        var metrics = report.Scenarios.SelectMany(scenario => scenario.Measured.Metrics.Select(metric => (scenario.Name, Metric: metric))).ToList();
        if (metrics.Count == 0)
        {
            return;
        }

        page.Add($"<div class=\"card full\"><h3 id=\"metrics\">The test's own metrics</h3><div class=\"scroll\"><table class=\"sortable\" aria-labelledby=\"metrics\"><thead><tr><th scope=\"col\">metric</th><th scope=\"col\">kind</th><th scope=\"col\" class=\"n\">count</th><th scope=\"col\" class=\"n\">rate</th><th scope=\"col\" class=\"n\">last</th><th scope=\"col\" class=\"n\">min</th><th scope=\"col\" class=\"n\">mean</th><th scope=\"col\" class=\"n\">p50</th><th scope=\"col\" class=\"n\">p90</th><th scope=\"col\" class=\"n\">p95</th><th scope=\"col\" class=\"n\">p99</th><th scope=\"col\" class=\"n\">max</th></tr></thead><tbody>");
        foreach (var (scenario, metric) in metrics)
        {
            page.Add($"<tr><th scope=\"row\" class=\"wrap\">{scenario} / {metric.Name}</th><td>{metric.Kind}</td><td class=\"n\" data-v=\"{metric.Count}\">{Figures.Count(metric.Count)}</td><td class=\"n\" data-v=\"{metric.Rate}\">{Figures.Rate(metric.Rate)}</td>");
            foreach (var value in (double?[])[metric.Last, metric.Min, metric.Mean, metric.P50, metric.P90, metric.P95, metric.P99, metric.Max])
            {
                page.Add($"<td class=\"n\" data-v=\"{value?.ToString("R", CultureInfo.InvariantCulture)}\">{(value is { } known ? Figures.Number(known) : "–")}</td>");
            }

            page.Add($"</tr>");
        }

        page.Add($"</tbody></table></div></div>");
    }
}
