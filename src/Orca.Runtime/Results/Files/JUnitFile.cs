using System.Globalization;
using System.Text;
using System.Xml;
using Orca.Results.Console;

namespace Orca.Results.Files;

/// <summary>Writes <c>junit.xml</c>: a test case for each threshold, and one for the run itself, which fails where it was aborted, was invalid, or failed for another reason.</summary>
internal static class JUnitFile
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    public static async Task WriteAsync(RunReport report, Stream target, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var suite = Token(report.Name.Length > 0 ? report.Name : report.RunId);
        var seconds = report.RunTime.TotalSeconds.ToString("0.###", Plain);
        var run = RunReasons(report);
        var isError = run.Exists(reason => reason.Verdict != Verdict.Failed);
        var failures = report.Thresholds.Count(threshold => !threshold.Passed) + (run.Count > 0 && !isError ? 1 : 0);
        await using var xml = XmlWriter.Create(target, new() { Indent = true, Async = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), NewLineChars = "\n" });
        await xml.WriteStartDocumentAsync();
        await StartAsync(xml, "testsuites");
        await StartAsync(
            xml,
            "testsuite",
            ("package", "orca"),
            ("id", "0"),
            ("name", suite),
            ("timestamp", (report.StartTime ?? report.EndTime).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", Plain)),
            ("hostname", Token(report.Drones.FirstOrDefault()?.Host ?? "localhost")),
            ("tests", (report.Thresholds.Length + 1).ToString(Plain)),
            ("failures", failures.ToString(Plain)),
            ("errors", isError ? "1" : "0"),
            ("time", seconds));
        await StartAsync(xml, "properties");
        foreach (var (name, value) in (IEnumerable<(string, string)>)
            [("run", report.RunId), ("verdict", VerdictOf(report.Verdict)), .. report.Tags.Select(tag => ($"tag.{tag.Key}", tag.Value))])
        {
            await StartAsync(xml, "property", ("name", Token(name)), ("value", Clean(value)));
            await xml.WriteEndElementAsync();
        }

        await xml.WriteEndElementAsync();
        await StartAsync(xml, "testcase", ("name", "the run as a whole"), ("classname", suite), ("time", seconds));
        if (run.Count > 0)
        {
            await StartAsync(xml, isError ? "error" : "failure", ("message", Clean(run[0].Text)), ("type", VerdictOf(run[0].Verdict)));
            await xml.WriteStringAsync(Clean(string.Join('\n', run.Select(reason => reason.Text))));
            await xml.WriteEndElementAsync();
        }

        await xml.WriteEndElementAsync();
        foreach (var threshold in report.Thresholds)
        {
            await StartAsync(xml, "testcase", ("name", Token(threshold.Text)), ("classname", $"{suite}.thresholds"), ("time", seconds));
            if (!threshold.Passed)
            {
                await StartAsync(xml, "failure", ("message", Clean(threshold.Reason ?? "It failed.")), ("type", "threshold"));
                await xml.WriteStringAsync(Clean(Details(threshold)));
                await xml.WriteEndElementAsync();
            }

            await xml.WriteEndElementAsync();
        }

        await xml.WriteElementStringAsync(null, "system-out", null, Clean(SummaryFile.Sentence(report)));
        await xml.WriteElementStringAsync(null, "system-err", null, "");
        await xml.WriteEndElementAsync();
        await xml.WriteEndElementAsync();
        await xml.WriteEndDocumentAsync();
    }

    /// <summary>The reasons that are no threshold's.</summary>
    private static List<VerdictReason> RunReasons(RunReport report) =>
        [.. report.Reasons.Where(reason => !report.Thresholds.Any(threshold => reason.Text.StartsWith($"Threshold '{threshold.Text}' failed.", StringComparison.Ordinal)))];

    private static string Details(ThresholdResult threshold)
    {
        var value = threshold.Value is { } known ? Figures.InUnit(known, threshold.Unit) : "nothing";
        var first = threshold.FirstFailedAt is { } at ? $" It first failed {Figures.Clock(at)} into the run." : "";
        return $"{threshold.Text}: measured {value}, limit {Figures.InUnit(threshold.Limit, threshold.Unit)}. {threshold.Reason}{first}";
    }

    private static string VerdictOf(Verdict verdict) => verdict.ToString().ToLowerInvariant();

    private static async Task StartAsync(XmlWriter xml, string name, params (string Name, string Value)[] attributes)
    {
        await xml.WriteStartElementAsync(null, name, null);
        foreach (var (attribute, value) in attributes)
        {
            await xml.WriteAttributeStringAsync(null, attribute, null, value);
        }
    }

    /// <summary>A text as an XML token: no line breaks, no blanks in a row, never empty.</summary>
    private static string Token(string text) => string.Join(' ', Clean(text).Split((char[])[' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } token ? token : "–";

    /// <summary>A text without what XML cannot hold.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                clean.Append(text, i++, 2);
            }
            else
            {
                clean.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\uFFFD');
            }
        }

        return clean.ToString();
    }
}
