using System.Text;
using Orca.Results.Console;

namespace Orca.Results.Files.Page;

/// <summary>Writes <c>report.html</c>: one file that asks for nothing else. Texts and tables are there without a script; it adds charts, sorting and themes.</summary>
internal static class ReportPage
{
    public static async Task WriteAsync(RunReport report, Stream target, CancellationToken ct)
    {
        await using var writer = new StreamWriter(target, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        await writer.WriteAsync(Text(report).AsMemory(), ct);
        // What is looked at first comes before the script; the rest comes after it, for nothing waits for that.
        await WriteAsync(PageData.First);

        // As it was hashed, to the last byte.
        await writer.WriteAsync($"<script>{PageAssets.Script}</script>\n".AsMemory(), ct);
        await WriteAsync(PageData.Others);
        await writer.WriteAsync("</body>\n</html>\n".AsMemory(), ct);

        async Task WriteAsync(Func<RunReport, IEnumerable<(string Id, string Text)>> blocks)
        {
            foreach (var (id, block) in report.StartTime is null ? [] : blocks(report))
            {
                await writer.WriteAsync($"<script type=\"text/plain\" id=\"block-{id}\">{block}</script>\n".AsMemory(), ct);
            }
        }
    }

    private static string Text(RunReport report)
    {
        var page = new Markup();
        var name = report.Name.Length > 0 ? report.Name : report.RunId;
        var ran = report.StartTime is not null;
        page.Add($"<!doctype html>");
        page.Add($"<html lang=\"en\" data-theme=\"light\">");
        page.Add($"<head>");
        page.Add($"<meta charset=\"utf-8\">");
        page.Add($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src '{new Trusted(PageAssets.ScriptHash)}'; img-src data:; base-uri 'none'; form-action 'none'\">");
        page.Add($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        page.Add($"<meta name=\"generator\" content=\"Orca\">");
        page.Add($"<link rel=\"icon\" href=\"data:,\">");
        page.Add($"<title>{report.Verdict.ToString()}: {name}</title>");
        page.Add($"<style>{new Trusted(PageAssets.Style)}</style>");
        page.Add($"</head>");
        page.Add($"<body>");
        page.Add($"<a class=\"skip\" href=\"#content\">Skip to the report</a>");
        page.Add($"<div class=\"bar\"><div><span class=\"mark\">{new Trusted(Icons.Orca)}<span>Orca</span></span><nav aria-label=\"Report\">");
        foreach (var (id, title) in Sections(report, ran))
        {
            page.Add($"<a href=\"#{id}\">{title}</a>");
        }

        page.Add($"</nav><button id=\"theme\" type=\"button\" aria-pressed=\"false\">☾ Dark</button></div></div>");
        page.Add($"<main id=\"content\">");
        VerdictPart.Write(report, page);
        if (ran)
        {
            LoadPart.Write(report, page);
            ChartsPart.Write(report, page);
            StatisticsPart.Write(report, page);
            FindingsPart.Write(report, page);
            DronesPart.Write(report, page);
        }

        PlanPart.Write(report, page);
        page.Add($"<footer>Run {report.RunId} of swarm {report.Swarm}, over at {report.EndTime.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC. Written by Orca from report.json, which holds every figure shown here. Times are within the plan's precision; percentiles come from merged histograms and are never averaged.</footer>");
        page.Add($"</main>");
        return page.ToString();
    }

    private static IEnumerable<(string Id, string Title)> Sections(RunReport report, bool ran)
    {
        yield return ("overview", "Overview");
        if (ran)
        {
            yield return ("time", "Over time");
            yield return ("statistics", "Statistics");
            if (FindingsPart.HasAny(report))
            {
                yield return ("findings", "Errors and checks");
            }

            yield return ("drones", "Drones");
        }

        yield return ("plan", "Plan");
    }
}
