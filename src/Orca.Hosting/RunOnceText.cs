using System.Text;
using Orca.Results;
using Orca.Results.Console;

namespace Orca.Hosting;

/// <summary>Writes what a few iterations of a test came to, for a person: first what went wrong.</summary>
internal static class RunOnceText
{
    public static string Of(RunOnceResult result)
    {
        var text = new StringBuilder().Append($"Load test '{result.Test}' {(result.Passed ? "passed" : "failed")}: {Headline(result)}.");
        foreach (var problem in result.Problems)
        {
            Line(text, problem.ToString());
        }

        foreach (var error in result.Errors)
        {
            Line(text, $"error {Error(error)}");
        }

        foreach (var check in result.Checks)
        {
            Line(text, $"check {check.Name}: " + (check.Failed == 0
                ? $"held {Figures.Count(check.Passed, "time")}"
                : $"did not hold {check.Failed} of {Figures.Count(check.Passed + check.Failed, "time")}"));
        }

        foreach (var step in result.Steps)
        {
            Line(text, Step(step));
        }

        foreach (var metric in result.Metrics)
        {
            Line(text, $"{metric.Kind} {metric.Name}: " + (metric.Last is { } last ? Figures.Number(last) : Figures.Count(metric.Count))
                + (metric.Mean is { } mean ? $", mean {Figures.Number(mean)}, max {Figures.Number(metric.Max!.Value)}" : ""));
        }

        foreach (var (name, value) in result.Attachments)
        {
            Line(text, $"attached {name}: {value.GetRawText()}");
        }

        if (result.FirstException is { } exception)
        {
            Line(text, "The first exception:");
            foreach (var line in exception.ReplaceLineEndings("\n").Split('\n'))
            {
                Line(text, "  " + line);
            }
        }

        return text.ToString();
    }

    private static string Headline(RunOnceResult result)
    {
        var iterations = Figures.Count(result.Iterations, "iteration");
        return (result.Failed == 0 ? iterations : $"{Figures.Count(result.Failed)} of {iterations} failed")
            + (result.Times is { } times ? $", mean {Figures.Time(times.Mean)}, max {Figures.Time(times.Max)}" : "");
    }

    private static string Step(StepStatistics step)
    {
        var text = new StringBuilder().Append($"step {step.Name}: {step.Ok} ok, {step.Failed} failed");
        if (step.Service is { } times)
        {
            text.Append($", mean {Figures.Time(times.Mean)}, max {Figures.Time(times.Max)}");
        }

        if (step.Http is { } http)
        {
            text.Append($", HTTP {string.Join(", ", http.Statuses.Select(status => $"{status.Status} × {status.Count}"))}");
            text.Append(http.Broken > 0 ? $"{(http.Statuses.IsEmpty ? "" : ", ")}no response × {http.Broken}" : "");
        }

        foreach (var error in step.Errors)
        {
            text.Append($"; {Error(error)}");
        }

        return text.ToString();
    }

    private static string Error(ErrorStatistics error) => $"{error.Kind} × {error.Count}" + (error.Sample is null ? "" : $": {error.Sample}");

    private static void Line(StringBuilder text, string line) => text.AppendLine().Append("  ").Append(line);
}
