using System.Globalization;
using Orca.Results.Console;

namespace Orca.Results.Files.Page;

/// <summary>The head of the page: the verdict and why, and the run's figures.</summary>
internal static class VerdictPart
{
    public static void Write(RunReport report, Markup page)
    {
        var verdict = report.Verdict.ToString();
        page.Add($"<div class=\"hero {new Trusted(verdict.ToLowerInvariant())}\" id=\"overview\">");
        page.Add($"<div><div class=\"headline\"><span class=\"verdict\">{Icons.Of(report.Verdict)}{verdict}</span><h1>{(report.Name.Length > 0 ? report.Name : report.RunId)}</h1></div>");
        WriteMeta(report, page);
        if (!report.Reasons.IsEmpty)
        {
            page.Add($"<ul class=\"why\" aria-label=\"Why\">");
            foreach (var reason in report.Reasons)
            {
                var cause = reason.Cause is { } known ? ConsoleSummary.Name(known) : reason.Verdict.ToString().ToLowerInvariant();
                page.Add($"<li class=\"{new Trusted(reason.Verdict.ToString().ToLowerInvariant())}\"><span class=\"badge\">{cause}</span><span>{reason.Text}</span>{Windows(reason)}</li>");
            }

            page.Add($"</ul>");
        }

        page.Add($"</div>");
        if (report.StartTime is not null)
        {
            WriteTiles(report, page);
        }

        page.Add($"</div>");
    }

    /// <summary>A button that shows a stretch of the run in the charts.</summary>
    public static Trusted When(TimeSpan from, TimeSpan to)
    {
        var text = from == to ? Figures.Clock(from) : $"{Figures.Clock(from)}–{Figures.Clock(to)}";
        return new(string.Create(CultureInfo.InvariantCulture, $"<button class=\"when\" type=\"button\" data-from=\"{from.TotalSeconds:0.###}\" data-to=\"{to.TotalSeconds:0.###}\" title=\"Show it in the charts\">{text}</button>"));
    }

    private static Trusted Windows(VerdictReason reason)
    {
        const int most = 4;
        var shown = string.Concat(reason.Windows.Take(most).Select(window => When(window.From, window.To).Markup));
        var more = reason.Windows.Length > most ? $"<small>and {reason.Windows.Length - most} more</small>" : "";
        return new($"<span class=\"windows\">{shown}{more}</span>");
    }

    private static void WriteMeta(RunReport report, Markup page)
    {
        page.Add($"<div class=\"meta\">");
        if (report.StartTime is { } start)
        {
            page.Add($"<span><b>{start.UtcDateTime:yyyy-MM-dd HH:mm:ss}</b> UTC</span>");
            var warmUp = report.WarmUp > TimeSpan.Zero ? $", the first {Figures.Clock(report.WarmUp)} left out of all figures" : "";
            page.Add($"<span><b>{Figures.Clock(report.RunTime)}</b> of load{warmUp}</span>");
            var lost = report.Drones.Count(drone => drone.Lost);
            page.Add($"<span><b>{report.Drones.Length}</b> {(report.Drones.Length == 1 ? "drone" : "drones")}{(lost > 0 ? $", {lost} lost" : "")}</span>");
        }
        else
        {
            page.Add($"<span>the load never began</span><span>{report.EndTime.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC</span>");
        }

        if (report.Packages is [var package, ..])
        {
            page.Add($"<span>{package.Id} <b>{package.Version}</b></span>");
        }

        page.Add($"<span>run <span class=\"mono\">{report.RunId}</span></span>");
        foreach (var (key, value) in report.Tags)
        {
            page.Add($"<span class=\"tag\">{key}: {value}</span>");
        }

        page.Add($"</div>");
    }

    private static void WriteTiles(RunReport report, Markup page)
    {
        var totals = report.Totals;
        var intervals = report.Intervals.Where(interval => !interval.Correction).ToList();
        if (intervals.Count > 2 && intervals[^1].Seconds < report.Interval.TotalSeconds / 2)
        {
            // What is left of the last interval would pass for a breakdown.
            intervals.RemoveAt(intervals.Count - 1);
        }

        var failed = totals.Finished == 0 ? 0 : (double)totals.Failed / totals.Finished;
        page.Add($"<dl class=\"tiles\">");
        Tile("Iterations", Figures.Count(totals.Finished), "", intervals.Select(interval => (double?)(interval.Total.Ok + interval.Total.Failed)), "rate");
        Tile("Rate", Figures.Number(totals.Rate), "/s", intervals.Select(interval => (double?)interval.Total.Rate), "rate");
        Tile("Failed", Figures.Percent(failed), $"{Figures.Count(totals.Failed)} iterations", intervals.Select(interval => (double?)(interval.Total.Failed / interval.Seconds)), "failed", totals.Failed > 0);
        foreach (var (name, percentile, value, of, ink) in (IEnumerable<(string, double, double?, Func<IntervalTimes, double>, string)>)
        [
            ("p50", 50, totals.Response?.P50, times => times.P50, "p50"),
            ("p95", 95, totals.Response?.P95, times => times.P95, "p95"),
            ("p99", 99, totals.Response?.P99, times => times.P99, "p99"),
        ])
        {
            var unsure = value is not null && percentile > totals.KnownPercentile + 1e-9;
            Tile($"Response {name}", Figures.Time(value), unsure ? "or more" : "", intervals.Select(interval => interval.Total.Response is { } times ? of(times) : (double?)null), ink);
        }

        page.Add($"</dl>");

        void Tile(string title, string value, string unit, IEnumerable<double?> course, string ink, bool isBad = false) =>
            page.Add($"<div class=\"tile\"><dt>{title}</dt><dd{Trusted.If(isBad, " class=\"is-bad\"")}>{value} <small>{unit}</small></dd>{Sparkline.Draw([.. course], ink)}</div>");
    }
}
