using System.CommandLine;
using Orca.Hosting;
using Orca.Tool.Arguments;
using Orca.Tool.Output;

namespace Orca.Tool.Commands;

/// <summary><c>orca resume</c>: takes over a run that has lost its leader, or makes its report.</summary>
internal sealed class ResumeCommand : ExampleCommand
{
    private readonly Argument<string> _run = new("run") { Description = "The run's id; 'orca runs' has it." };
    private readonly SwarmArguments _swarm = new();
    private readonly ElasticArguments _elastic = new();
    private readonly ViewArguments _view = new();
    private readonly OutputArguments _output = new();

    public ResumeCommand()
        : base(
            "resume",
            "Takes over a run that has lost its leader, leads it to its end, and makes its report.",
            "orca resume 20260102-030405-a1b2 --redis redis.internal:6379")
    {
        Arguments.Add(_run);
        _swarm.AddTo(this);
        _view.AddTo(this);
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

        var builder = ToolHost.Create(_view.Level(parsed));
        var leader = builder.AddOrcaLeader(options =>
        {
            options.Mode = LeaderMode.Resume;
            options.RunId = parsed.GetValue(_run);
            options.Swarm = _swarm.Swarm(parsed) ?? options.Swarm;
            _view.Apply(parsed, options);
        }).UseRedis(redis => _swarm.Apply(parsed, redis));
        _elastic.Apply(parsed, builder.Configuration, leader);
        return await HostedRun.EndAsync(builder.Build(), say, ct).ConfigureAwait(false);
    }
}
