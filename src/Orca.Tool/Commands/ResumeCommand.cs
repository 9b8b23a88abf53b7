using System.CommandLine;
using Orca.Hosting;
using Orca.Tool.Arguments;
using Orca.Tool.Output;

namespace Orca.Tool.Commands;

/// <summary><c>orca resume</c>: takes over a run that has lost its leader, or makes its report.</summary>
internal sealed class ResumeCommand : ExampleCommand
{
    private readonly Argument<string> _run = new("run") { Description = "The run's id; 'orca runs' has it." };
    private readonly Option<string?> _out = new("--out", "-o") { Description = "The folder for reports. Default: orca-reports.", HelpName = "folder" };
    private readonly Option<bool> _quiet = new("--quiet") { Description = "Show nothing but the verdict." };
    private readonly Option<bool> _verbose = new("--verbose", "-v") { Description = "Show the leader's log." };
    private readonly SwarmArguments _swarm = new();
    private readonly ElasticArguments _elastic = new();
    private readonly OutputArguments _output = new();

    public ResumeCommand()
        : base(
            "resume",
            "Takes over a run that has lost its leader, leads it to its end, and makes its report.",
            "orca resume 20260102-030405-a1b2 --redis redis.internal:6379")
    {
        Arguments.Add(_run);
        _swarm.AddTo(this);
        Options.Add(_out);
        Options.Add(_quiet);
        Options.Add(_verbose);
        _elastic.AddTo(this);
        _output.AddTo(this);
    }

    protected override async Task<int> InvokeAsync(ParseResult parsed, CancellationToken ct)
    {
        var say = new Say(_output.Json(parsed));
        if (await _swarm.ReachAsync(parsed, ct).ConfigureAwait(false) is { } away)
        {
            return say.Problem(away);
        }

        var builder = ToolHost.Create(ToolHost.LevelOf(parsed.GetValue(_verbose)));
        var leader = builder.AddOrcaLeader(options =>
        {
            options.Mode = LeaderMode.Resume;
            options.RunId = parsed.GetValue(_run);
            options.Swarm = _swarm.Swarm(parsed) ?? options.Swarm;
            options.Out = parsed.GetValue(_out) ?? options.Out;
            options.Quiet |= parsed.GetValue(_quiet);
        }).UseRedis(redis => _swarm.Apply(parsed, redis));
        _elastic.Apply(parsed, builder.Configuration, leader);
        return await HostedRun.EndAsync(builder.Build(), say, ct).ConfigureAwait(false);
    }
}
