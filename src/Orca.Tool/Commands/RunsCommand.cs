using System.CommandLine;
using System.Globalization;
using Orca.Runs;
using Orca.Tool.Output;

namespace Orca.Tool.Commands;

/// <summary><c>orca runs</c>: what has run lately, and what runs.</summary>
internal sealed class RunsCommand() : SwarmCommand(
    "runs",
    "Lists a swarm's newest runs, the last changed first.",
    "orca runs --redis redis.internal:6379",
    "orca runs --redis redis.internal:6379 --json")
{
    protected override async Task<int> LookAsync(SwarmOverview swarm, ParseResult parsed, Say say, CancellationToken ct)
    {
        if (!(await swarm.RunsAsync(ct).ConfigureAwait(false)).TryGet(out var runs, out var problems))
        {
            return say.Problems(problems);
        }

        if (say.Json)
        {
            say.Value([.. runs.Select(run => new RunDocument(run.Run, run.Name, PhaseOf(run), run.Leader, run.Changed))], ToolJsonContext.Default.IReadOnlyListRunDocument);
        }
        else if (runs.Length == 0)
        {
            say.Text("The swarm has had no run lately.");
        }
        else
        {
            say.Table(["run", "phase", "changed", "leader", "plan"], runs.Select(run => (IReadOnlyList<string>)[run.Run, PhaseOf(run), run.Changed.ToString("u", CultureInfo.InvariantCulture), run.Leader, run.Name]));
        }

        return ExitCode.Passed;
    }

    private static string PhaseOf(Swarm.Documents.RunIndexEntry run) => run.Phase.ToString().ToLowerInvariant();
}
