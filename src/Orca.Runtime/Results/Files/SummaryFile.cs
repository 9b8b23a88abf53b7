using System.Text;
using System.Text.RegularExpressions;
using Orca.Results.Console;

namespace Orca.Results.Files;

/// <summary>Writes <c>summary.md</c>: a run in a few lines, for a pull request.</summary>
internal static partial class SummaryFile
{
    public static string Write(RunReport report)
    {
        var text = new StringBuilder();
        void Line(string line = "") => text.Append(line).Append('\n');

        Line($"## {Icon(report.Verdict)} {Escape(report.Name)}: {report.Verdict.ToString().ToLowerInvariant()}");
        Line();
        Line(Escape(Sentence(report)));
        if (!report.Reasons.IsEmpty)
        {
            Line();
            foreach (var reason in report.Reasons)
            {
                var cause = reason.Cause is { } known ? ConsoleSummary.Name(known) : reason.Verdict.ToString().ToLowerInvariant();
                Line($"- **{cause}**: {Escape(reason.Text)}{(reason.Windows.IsEmpty ? "" : $" ({Figures.Windows(reason.Windows)})")}");
            }
        }

        if (!report.Thresholds.IsEmpty)
        {
            Line();
            Line("| | threshold | value | to spare |");
            Line("|---|---|---:|---:|");

            // Those that failed are what a reader looks for.
            foreach (var threshold in report.Thresholds.OrderBy(threshold => threshold.Passed))
            {
                var value = threshold.Value is { } known ? Figures.InUnit(known, threshold.Unit) : "–";
                var spare = threshold is { Passed: true, Margin: { } margin } ? Figures.Percent(margin) : "–";
                Line($"| {(threshold.Passed ? "✅" : "❌")} | {Escape(threshold.Text)} | {value}{(threshold.Unknown ? " (unknown)" : threshold.Few ? " (few samples)" : "")} | {spare} |");
            }
        }

        if (report.StartTime is not null)
        {
            WriteStatistics(report, Line);
        }

        return text.ToString();
    }

    // A comment shows the scenarios; the steps are there to be unfolded.
    private static void WriteStatistics(RunReport report, Action<string> line)
    {
        var steps = report.Scenarios.SelectMany(scenario => scenario.Measured.Steps.Select(step => (scenario.Name, Step: step))).ToList();
        Table("scenario", report.Scenarios.Select(scenario => Row($"**{Escape(scenario.Name)}**", scenario.Measured.Finished, scenario.Measured.Failed, scenario.Measured.Rate, scenario.Measured.Response)));
        if (steps.Count > 0)
        {
            line("");
            line($"<details><summary>{Figures.Count(steps.Count, "step")}</summary>");
            Table("step", steps.Select(step => Row(Escape($"{step.Name} / {step.Step.Name}"), step.Step.Ok + step.Step.Failed, step.Step.Failed, step.Step.Rate, step.Step.Service)));
            line("");
            line("</details>");
        }

        void Table(string what, IEnumerable<string> rows)
        {
            line("");
            line($"| {what} | count | failed | rate | p50 | p95 | p99 | max |");
            line("|---|---:|---:|---:|---:|---:|---:|---:|");
            foreach (var row in rows)
            {
                line(row);
            }
        }
    }

    private static string Icon(Verdict verdict) => verdict switch
    {
        Verdict.Passed => "✅",
        Verdict.Invalid => "⚠️",
        Verdict.Aborted => "⛔",
        _ => "❌",
    };

    /// <summary>The run in one sentence.</summary>
    public static string Sentence(RunReport report) => report.StartTime is null
        ? $"Run {report.RunId}: the load never began."
        : $"Run {report.RunId}, {Figures.Clock(report.RunTime)} on {Figures.Count(report.Drones.Length, "drone")}: "
            + $"{Figures.Count(report.Totals.Finished)} iterations, {Figures.Rate(report.Totals.Rate)}, {Figures.Count(report.Totals.Failed)} failed.";

    private static string Row(string name, long count, long failed, double rate, TimeStatistics? times) =>
        $"| {name} | {Figures.Count(count)} | {Figures.Count(failed)} | {Figures.Rate(rate)} | {Figures.Time(times?.P50)} | {Figures.Time(times?.P95)} | {Figures.Time(times?.P99)} | {Figures.Time(times?.Max)} |";

    private static string Escape(string text) => SpecialCharacters().Replace(text.ReplaceLineEndings(" "), "\\$0").Replace("\\<", "&lt;", StringComparison.Ordinal);

    [GeneratedRegex(@"[\\`*_|\[\]~<]")]
    private static partial Regex SpecialCharacters();
}
