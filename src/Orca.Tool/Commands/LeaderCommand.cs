using System.CommandLine;
using Orca.Hosting;
using Orca.Tool.Arguments;
using Orca.Tool.Output;

namespace Orca.Tool.Commands;

/// <summary><c>orca leader</c>: a leader that is configured by its environment, as services are, or that stands by for another.</summary>
internal sealed class LeaderCommand : ExampleCommand
{
    private readonly Option<string?> _run = new("--run-id") { Description = "The run's id: of the new run, or of the one to stand by for.", HelpName = "id" };
    private readonly Option<bool> _standBy = new("--stand-by") { Description = "Lead only should the leader of --run-id be lost." };
    private readonly Option<string?> _package = new("--package") { Description = "The test package, over Orca__Package.", HelpName = "id" };
    private readonly Option<string?> _planFile = new("--plan") { Description = "The plan file, over Orca__Plan.", HelpName = "file" };
    private readonly SwarmArguments _swarm = new();
    private readonly PlanArguments _plan = new();
    private readonly FeedArguments _feeds = new();
    private readonly ElasticArguments _elastic = new();
    private readonly ViewArguments _view = new();
    private readonly OutputArguments _output = new();

    public LeaderCommand()
        : base(
            "leader",
            "Holds a leader that takes what it runs from the environment (Orca__Package, Orca__Redis__Endpoints__0, …), as a service does; ends with its run.",
            "orca leader --redis redis.internal:6379 --package Acme.Shop.LoadTests --quorum 10",
            "orca leader --redis redis.internal:6379 --run-id nightly-42 --stand-by")
    {
        _swarm.AddTo(this);
        Options.Add(_package);
        Options.Add(_planFile);
        Options.Add(_run);
        Options.Add(_standBy);
        _plan.AddTo(this);
        _feeds.AddTo(this);
        _view.AddTo(this);
        _elastic.AddTo(this);
        _output.AddTo(this);
        Validators.Add(result =>
        {
            if (result.GetResult(_standBy) is not null && result.GetResult(_run) is null)
            {
                result.AddError("'--stand-by' needs the run to stand by for: give --run-id.");
            }
        });
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
            options.Swarm = _swarm.Swarm(parsed) ?? options.Swarm;
            options.Package = parsed.GetValue(_package) ?? options.Package;
            options.Plan = parsed.GetValue(_planFile) ?? options.Plan;
            options.RunId = parsed.GetValue(_run) ?? options.RunId;
            options.Mode = parsed.GetValue(_standBy) ? LeaderMode.StandBy : options.Mode;
            _view.Apply(parsed, options);
            options.Environment = _plan.Environment(parsed) ?? options.Environment;
            _plan.Apply(parsed, options.Set);
            _feeds.Apply(parsed, options);
        }).UseRedis(redis => _swarm.Apply(parsed, redis));
        _elastic.Apply(parsed, builder.Configuration, leader);
        return await HostedRun.EndAsync(builder.Build(), say, ct).ConfigureAwait(false);
    }
}
