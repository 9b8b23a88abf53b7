using System.CommandLine;
using Orca.Runs;
using Orca.Tool.Output;

namespace Orca.Tool.Commands;

/// <summary><c>orca stop</c>: asks a run's leader to end it.</summary>
internal sealed class StopCommand : SwarmCommand
{
    private readonly Argument<string> _run = new("run") { Description = "The run's id; 'orca runs' has it." };
    private readonly Option<string?> _reason = new("--reason") { Description = "Why; shown in the report.", HelpName = "text" };

    public StopCommand()
        : base(
            "stop",
            "Asks a run's leader to drain it now and to report what there is.",
            "orca stop 20260102-030405-a1b2 --redis redis.internal:6379 --reason \"the target is down\"")
    {
        Arguments.Add(_run);
        Options.Add(_reason);
    }

    protected override async Task<int> LookAsync(SwarmOverview swarm, ParseResult parsed, Say say, CancellationToken ct)
    {
        var run = parsed.GetValue(_run)!;
        var by = $"{Environment.UserName} on {Environment.MachineName}" + (parsed.GetValue(_reason) is { } reason ? $": {reason}" : "");
        if (await swarm.StopAsync(run, by, ct).ConfigureAwait(false) is { } problem)
        {
            return say.Problem(problem);
        }

        if (!say.Json)
        {
            say.Text($"Run '{run}' was asked to stop: it drains, then its leader reports.");
        }

        return ExitCode.Passed;
    }
}
