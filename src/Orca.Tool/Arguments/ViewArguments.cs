using System.CommandLine;
using Microsoft.Extensions.Logging;
using Orca.Hosting;
using Orca.Tool.Commands;

namespace Orca.Tool.Arguments;

/// <summary>How much of a run is shown, and where its report goes.</summary>
internal sealed class ViewArguments
{
    private readonly Option<string?> _out = new("--out", "-o") { Description = "The folder below which the run gets a folder for its report. Default: orca-reports.", HelpName = "folder" };
    private readonly Option<bool> _quiet = new("--quiet") { Description = "Show nothing but the verdict." };
    private readonly Option<bool> _verbose = new("--verbose", "-v") { Description = "Show the log." };

    public void AddTo(Command command)
    {
        command.Options.Add(_out);
        command.Options.Add(_quiet);
        command.Options.Add(_verbose);
    }

    public LogLevel Level(ParseResult parsed) => ToolHost.LevelOf(parsed.GetValue(_verbose));

    public void Apply(ParseResult parsed, OrcaLeaderOptions options)
    {
        options.Out = parsed.GetValue(_out) ?? options.Out;
        options.Quiet |= parsed.GetValue(_quiet);
    }
}
