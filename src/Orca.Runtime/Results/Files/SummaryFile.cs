using System.Text;
using Orca.Results.Console;

namespace Orca.Results.Files;

/// <summary>Writes <c>summary.md</c>: a run in a few lines, for a pull request.</summary>
internal static class SummaryFile
{
    public static string Write(RunReport report)
    {
        var text = new StringBuilder();
        void Line(string line = "") => text.Append(line).Append('\n');

        Line($"## {(report.Verdict == Verdict.Passed ? "✅" : "❌")} {Escape(report.Name)}: {report.Verdict.ToString().ToLowerInvariant()}");
        Line();
        Line(Escape(Sentence(report)));
        if (!report.Reasons.IsEmpty)
        {
            Line();
            foreach (var reason in report.Reasons)
            {
                Line($"- **{reason.Verdict.ToString().ToLowerInvariant()}**: {Escape(reason.Text)}{(reason.Windows.IsEmpty ? "" : $" ({Figures.Windows(reason.Windows)})")}");
            }
        }

        if (!report.Thresholds.IsEmpty)
        {
            Line();
            Line("| | threshold | value |");
            Line("|---|---|---:|");
            foreach (var threshold in report.Thresholds)
            {
                var value = threshold.Value is { } known ? Figures.InUnit(known, threshold.Unit) : "–";
                Line($"| {(threshold.Passed ? "✓" : "✗")} | {Escape(threshold.Text)} | {value}{(threshold.Unknown ? " (unknown)" : threshold.Few ? " (few samples)" : "")} |");
            }
        }

        Line();
        Line("| scenario / step | count | failed | rate | p50 | p95 | p99 | max |");
        Line("|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var scenario in report.Scenarios)
        {
            var work = scenario.Measured;
            Line(Row($"**{Escape(scenario.Name)}**", work.Finished, work.Failed, work.Rate, work.Response));
            foreach (var step in work.Steps)
            {
                Line(Row(Escape(step.Name), step.Ok + step.Failed, step.Failed, step.Rate, step.Service));
            }
        }

        return text.ToString();
    }

    /// <summary>The run in one sentence.</summary>
    public static string Sentence(RunReport report) => report.StartTime is null
        ? $"Run {report.RunId}: the load never began."
        : $"Run {report.RunId}, {Figures.Clock(report.RunTime)} on {report.Drones.Length} {(report.Drones.Length == 1 ? "drone" : "drones")}: "
            + $"{Figures.Count(report.Totals.Finished)} iterations, {Figures.Rate(report.Totals.Rate)}, {Figures.Count(report.Totals.Failed)} failed.";

    private static string Row(string name, long count, long failed, double rate, TimeStatistics? times) =>
        $"| {name} | {Figures.Count(count)} | {Figures.Count(failed)} | {Figures.Rate(rate)} | {Figures.Time(times?.P50)} | {Figures.Time(times?.P95)} | {Figures.Time(times?.P99)} | {Figures.Time(times?.Max)} |";

    private static string Escape(string text) => text.Replace("\\", "\\\\").Replace("|", "\\|").Replace("<", "&lt;").Replace("`", "\\`").ReplaceLineEndings(" ");
}
