using System.CommandLine;
using Orca.Results;
using Orca.Results.Console;
using Orca.Tool.Arguments;
using Orca.Tool.Output;
using Orca.Tool.Subjects;

namespace Orca.Tool.Commands;

/// <summary><c>orca report</c>: shows a run's report again.</summary>
internal sealed class ReportCommand : ExampleCommand
{
    private readonly Argument<string> _folder = new("folder")
    {
        Description = "A run's folder, its report.json, or the folder of all runs, of which the newest is shown.",
        DefaultValueFactory = _ => "orca-reports",
    };

    private readonly Option<bool> _exitCode = new("--exit-code") { Description = "End with the exit code of the run's verdict, not with 0." };
    private readonly OutputArguments _output = new();

    public ReportCommand()
        : base(
            "report",
            "Shows a run's report as at the run's end.",
            "orca report",
            "orca report orca-reports/20260102-030405-a1b2 --json",
            "orca report artifacts/report.json --exit-code")
    {
        Arguments.Add(_folder);
        Options.Add(_exitCode);
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

        if (say.Json)
        {
            say.Text(text.TrimEnd());
        }
        else
        {
            await ConsoleSink.ForStandardOutput().EndAsync(report with { Folder = Path.GetDirectoryName(Path.GetFullPath(file)) }, ct).ConfigureAwait(false);
        }

        return parsed.GetValue(_exitCode) ? report.ExitCode : ExitCode.Passed;
    }
}
