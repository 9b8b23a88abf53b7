using System.Text.Encodings.Web;
using System.Text.Json;

namespace Orca.Results;

/// <summary>Reads and writes reports as JSON, schema <c>orca.report/1</c>: camelCase, times in ISO 8601, durations in milliseconds.</summary>
public static class RunReportJson
{
    private static readonly ReportJsonContext Json = new(new(ReportJsonContext.Default.Options)
    {
        // A report is a file that people read: µ and ' stay what they are.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>Writes a report as indented JSON.</summary>
    /// <param name="report">The report.</param>
    public static string Write(RunReport report) => JsonSerializer.Serialize(report, Json.RunReport);

    /// <summary>Writes a report as indented JSON in UTF-8.</summary>
    /// <param name="report">The report.</param>
    /// <param name="target">Where to.</param>
    /// <param name="ct">Cancels the writing.</param>
    public static Task WriteAsync(RunReport report, Stream target, CancellationToken ct) => JsonSerializer.SerializeAsync(target, report, Json.RunReport, ct);

    /// <summary>Reads a report. What it does not know it leaves out.</summary>
    /// <param name="json">The JSON text.</param>
    /// <returns>The report, or the problem: no JSON, or another schema.</returns>
    public static Outcome<RunReport> Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, Json.RunReport) is not { } report
                ? new Problem("The report is empty.")
                : report.Schema == RunReport.CurrentSchema
                    ? report
                    : new Problem($"The report has schema '{report.Schema}', and this version reads '{RunReport.CurrentSchema}'.");
        }
        catch (JsonException error)
        {
            return new Problem($"The report could not be read as JSON: {error.Message}");
        }
    }
}
