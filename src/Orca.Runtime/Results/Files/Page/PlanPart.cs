using System.Text.Encodings.Web;
using System.Text.Json;
using Orca.Results.Console;

namespace Orca.Results.Files.Page;

/// <summary>What the run was made from, folded away: attachments, the plan, the package lock.</summary>
internal static class PlanPart
{
    // For people; the page escapes it.
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(RunReport report, Markup page)
    {
        page.Add($"<section id=\"plan\"><h2>Plan and packages</h2>");
        if (!report.Attachments.IsEmpty)
        {
            page.Add($"<details class=\"fold\"><summary>Attachments <small>{report.Attachments.Length} by the test itself</small></summary>");
            foreach (var attachment in report.Attachments)
            {
                page.Add($"<h3 style=\"padding:.6rem 1.1rem\">{attachment.Scenario} / {attachment.Name} <small class=\"zero\">{attachment.Drone}</small></h3><pre tabindex=\"0\">{Text(attachment.Value)}</pre>");
            }

            page.Add($"</details>");
        }

        page.Add($"<details class=\"fold\"><summary>Plan <small>as it ran; secrets by name only</small></summary><pre tabindex=\"0\">{Text(report.Plan)}</pre></details>");
        if (!report.Packages.IsEmpty)
        {
            page.Add($"<details class=\"fold\"><summary>Package lock <small>{Figures.Count(report.Packages.Length, "package")}, the same bytes on every drone</small></summary><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Package lock\"><table><thead><tr><th scope=\"col\">package</th><th scope=\"col\">version</th><th scope=\"col\">content hash (SHA-512)</th></tr></thead><tbody>");
            foreach (var package in report.Packages)
            {
                page.Add($"<tr><th scope=\"row\">{package.Id}</th><td>{package.Version}</td><td class=\"mono wrap\">{package.Sha512}</td></tr>");
            }

            page.Add($"</tbody></table></div></details>");
        }

        page.Add($"</section>");
    }

    private static string Text(JsonElement value)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Readable))
        {
            value.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
