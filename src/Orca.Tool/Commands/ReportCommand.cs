using System.CommandLine;
using Orca.Results;
using Orca.Results.Console;
using Orca.Results.Files;
using Orca.Tool.Arguments;
using Orca.Tool.Output;
using Orca.Tool.Subjects;

namespace Orca.Tool.Commands;

/// <summary><c>orca report</c>: shows a run's report again, and writes its page where that is lacking or asked for.</summary>
internal sealed class ReportCommand : ExampleCommand
{
    private readonly Argument<string> _folder = new("folder")
    {
        Description = "A run's folder, its report.json, or the folder of all runs, of which the newest is shown.",
        DefaultValueFactory = _ => "orca-reports",
    };

    private readonly Option<bool> _exitCode = new("--exit-code") { Description = "End with the exit code of the run's verdict, not with 0." };
    private readonly Option<bool> _rebuild = new("--rebuild") { Description = "Write report.html, summary.md, junit.xml and intervals.csv anew from report.json, as this version of Orca writes them. Without it, only where a run's folder has no report.html." };
    private readonly OutputArguments _output = new();

    public ReportCommand()
        : base(
            "report",
            "Shows a run's report as at the run's end, and writes its page where there is none.",
            "orca report",
            "orca report orca-reports/20260102-030405-a1b2 --json",
            "orca report orca-reports/20260102-030405-a1b2 --rebuild",
            "orca report artifacts/report.json --exit-code")
    {
        Arguments.Add(_folder);
        Options.Add(_exitCode);
        Options.Add(_rebuild);
        _output.AddTo(this);
    }

    protected override async Task<int> InvokeAsync(ParseResult parsed, CancellationToken ct)
    {
        var say = new Say(_output.Json(parsed));
        if (!ReportSearch.In(parsed.GetValue(_folder)!).TryGet(out var file, out var problems))
        {
            return say.Problems(problems);
        }

        string text;
        try
        {
            text = await File.ReadAllTextAsync(file, ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return say.Problem(new($"The report {file} could not be read: {e.Message}"));
        }

        if (!RunReportJson.Read(text).TryGet(out var report, out problems))
        {
            return say.Problems([.. problems.Select(problem => problem with { Where = file })]);
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        if (parsed.GetValue(_rebuild))
        {
            if (Path.GetFileName(file) != ReportSearch.Name)
            {
                return say.Problem(new($"Nothing can be written anew from '{file}': only a file named {ReportSearch.Name} is a run's.") { Advice = "Name the run's folder." });
            }

            if (!(await ReportFolder.RebuildAsync(folder, ct).ConfigureAwait(false)).TryGet(out _, out problems))
            {
                return say.Problems(problems);
            }
        }
        else if (Directory.Exists(parsed.GetValue(_folder)) && !File.Exists(Path.Combine(folder, "report.html"))
            && !(await ReportFolder.RebuildAsync(folder, ct).ConfigureAwait(false)).TryGet(out _, out problems))
        {
            // The report can be shown all the same.
            await Console.Error.WriteLineAsync(problems[0].ToString()).ConfigureAwait(false);
        }

        if (say.Json)
        {
            say.Text(text.TrimEnd());
        }
        else
        {
            await ConsoleSink.ForStandardOutput().EndAsync(report with { Folder = folder }, ct).ConfigureAwait(false);
        }

        return parsed.GetValue(_exitCode) ? report.ExitCode : ExitCode.Passed;
    }
}
