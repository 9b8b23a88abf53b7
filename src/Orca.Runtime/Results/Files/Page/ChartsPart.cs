using Orca.Results.Console;

namespace Orca.Results.Files.Page;

/// <summary>The places that the script draws its charts in, each with its name, what it shows, and its figures as a table.</summary>
internal static class ChartsPart
{
    public static void Write(RunReport report, Markup page)
    {
        page.Add($"<section id=\"time\"><h2>Over time</h2><noscript><p class=\"note\">The charts need a script; all figures of the run are in the tables, those of each interval in intervals.csv.</p></noscript>");
        page.Add($"<div class=\"tools\"><label>Show <select id=\"scope\"><option value=\"all\">all scenarios</option>");
        foreach (var (i, scenario) in report.Scenarios.Index())
        {
            page.Add($"<option value=\"s{i}\">{scenario.Name}</option>");
        }

        foreach (var group in PageData.Steps(report).GroupBy(step => step.Scenario, StringComparer.Ordinal))
        {
            page.Add($"<optgroup label=\"steps of {group.Key}\">");
            foreach (var (id, _, step) in group)
            {
                page.Add($"<option value=\"{id}\">{step}</option>");
            }

            page.Add($"</optgroup>");
        }

        page.Add($"</select></label>");
        page.Add($"<span class=\"segments\" id=\"base\" role=\"group\" aria-label=\"Which times\"><button type=\"button\" value=\"response\" aria-pressed=\"true\" title=\"From the intended start: waiting counts\">response</button><button type=\"button\" value=\"service\" aria-pressed=\"false\" title=\"From the actual start\">service</button></span>");
        page.Add($"<span class=\"segments\" id=\"scale\" role=\"group\" aria-label=\"Scale of times\"><button type=\"button\" value=\"linear\" aria-pressed=\"true\">linear</button><button type=\"button\" value=\"log\" aria-pressed=\"false\">log</button></span>");
        page.Add($"<button id=\"zoom-out\" type=\"button\" disabled>Whole run</button><span class=\"window\" id=\"window\" role=\"status\"></span></div>");
        page.Add($"<div class=\"card strip\" id=\"strip\" role=\"group\" aria-label=\"What the plan asked for, and what happened\"></div>");
        page.Add($"<p class=\"note no-print\">Drag across a chart to zoom all of them; double-click, or press 0, for the whole run. With a chart focused: ← → read values, + − zoom. Legend entries show and hide lines.</p>");
        page.Add($"<div class=\"charts\">");
        Figure(page, "latency", "Response and service times", "percentiles of each interval, merged over all drones", isFull: true);
        Figure(page, "heat", "Heat map of response times", "how many iterations took how long", isFull: true, new("<span class=\"scale\">few <canvas id=\"heat-scale\" aria-hidden=\"true\"></canvas> many</span>"));
        page.Add($"<div class=\"card spread\"><header><h3>Spread</h3><p>response times of what is in view; heights by square root</p></header><div id=\"spread\"></div></div>");
        Figure(page, "rate", "Rate against plan", "arrivals due, started, and how they ended");
        Figure(page, "errors", "Errors by kind", "iterations that failed");
        Figure(page, "users", "Virtual users", "at the end of each interval");
        Figure(
            page,
            "drones",
            "Drone health",
            PageData.DronesShown(report) is var shown && shown < report.Drones.Length ? $"the {shown} of {Figures.Count(report.Drones.Length)} that fared worst" : "how the generators themselves fared",
            isFull: false,
            new("<label class=\"unseen\" for=\"health\">What of the drones</label><select id=\"health\"><option value=\"cpu\">processors used</option><option value=\"lateness\">lateness p99</option><option value=\"delay\">scheduling delay p99</option><option value=\"gc\">garbage collection pauses</option><option value=\"memory\">memory</option><option value=\"started\">iterations started</option></select>"));
        if (report.Scenarios.Any(scenario => scenario.Measured.Steps.Any(step => step.Http is not null)))
        {
            Figure(page, "bytes", "Bytes over HTTP", "sent and received");
        }

        page.Add($"</div></section>");
    }

    private static void Figure(Markup page, string id, string title, string about, bool isFull = false, Trusted more = default)
    {
        page.Add($"<figure class=\"card{Trusted.If(isFull, " full")}\" aria-labelledby=\"{id}-title\"><header><h3 id=\"{id}-title\">{title}</h3><p>{about}</p>{new Trusted(more.Markup ?? "")}</header>");
        page.Add($"<div class=\"plot\" id=\"chart-{id}\" tabindex=\"0\" role=\"group\" aria-roledescription=\"chart\" aria-labelledby=\"{id}-title\"></div><p class=\"nothing\" hidden></p><span class=\"said unseen\" aria-live=\"polite\"></span>");
        page.Add($"<details><summary>As a table</summary><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{title}, as a table\"></div></details></figure>");
    }
}
