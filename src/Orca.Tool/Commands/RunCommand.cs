using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Orca.Hosting;
using Orca.Results;
using Orca.Tool.Arguments;
using Orca.Tool.Output;
using Orca.Tool.Subjects;

namespace Orca.Tool.Commands;

/// <summary><c>orca run</c>: leads a run, on drones of this process or on a swarm.</summary>
internal sealed class RunCommand : ExampleCommand
{
    private readonly SubjectArgument _what = new();
    private readonly Option<int?> _drones = new("--drones", "-d") { Description = "How many drones this process holds, 1 to 100. Default: 1.", HelpName = "n" };
    private readonly Option<bool> _once = new("--once") { Description = "Run one iteration of each scenario, and show what happened." };
    private readonly SwarmArguments _swarm = new();
    private readonly PlanArguments _plan = new();
    private readonly FeedArguments _feeds = new();
    private readonly ElasticArguments _elastic = new();
    private readonly ViewArguments _view = new();
    private readonly OutputArguments _output = new();

    public RunCommand()
        : base(
            "run",
            "Runs a plan, on drones of this process unless --redis names a swarm's server. A project is packed for it.",
            "orca run . --once",
            "orca run . --drones 3 --target http://localhost:5000/",
            "orca run orca.json --set scenarios.browse.load[0].for=10s --param catalog=large",
            "orca run Acme.Shop.LoadTests@1.4.* --redis redis.internal:6379 --quorum 10 --json > report.json")
    {
        _what.AddTo(this);
        Options.Add(_drones);
        Options.Add(_once);
        _plan.AddTo(this);
        _swarm.AddTo(this);
        _feeds.AddTo(this);
        _view.AddTo(this);
        _elastic.AddTo(this);
        _output.AddTo(this);
        Validators.Add(result =>
        {
            if (result.GetResult(_once) is not null && (result.GetResult(_drones) is not null || _swarm.IsGiven(result)))
            {
                result.AddError("'--once' runs in this process, without drones: leave out --drones and --redis.");
            }

            if (result.GetResult(_drones) is not null && _swarm.IsGiven(result))
            {
                result.AddError("'--drones' holds drones in this process, '--redis' uses those of a swarm: name one of them.");
            }
        });
    }

    protected override async Task<int> InvokeAsync(ParseResult parsed, CancellationToken ct)
    {
        var say = new Say(_output.Json(parsed));
        if (_what.Read(parsed).TryGet(out var named, out _) && named.Kind == SubjectKind.Project && _swarm.NamesRedis(parsed))
        {
            return say.Problem(new($"{named.Name} is a project, which the drones of a swarm cannot fetch.")
            {
                Advice = "Pack it, push it to a feed of theirs, and run the package; or leave out --redis to run it here.",
            });
        }

        if (!(await _what.ReadAsync(parsed, ct).ConfigureAwait(false)).TryGet(out var ready, out var problems))
        {
            return say.Problems(problems);
        }

        using var subject = ready;
        return parsed.GetValue(_once)
            ? await OnceAsync(parsed, subject, say, ct).ConfigureAwait(false)
            : await LeadAsync(parsed, subject, say, ct).ConfigureAwait(false);
    }

    private async Task<int> LeadAsync(ParseResult parsed, ReadySubject subject, Say say, CancellationToken ct)
    {
        var builder = ToolHost.Create(_view.Level(parsed));
        OrcaLeaderBuilder leader;
        if (_swarm.NamesRedis(parsed))
        {
            if (await _swarm.ReachAsync(parsed, ct).ConfigureAwait(false) is { } away)
            {
                return say.Problem(away);
            }

            leader = builder.AddOrcaLeader(options => Apply(parsed, subject, options)).UseRedis(redis => _swarm.Apply(parsed, redis));
        }
        else
        {
            leader = builder.AddOrcaSwarm(options =>
            {
                Apply(parsed, subject, options);
                options.Drones = parsed.GetValue(_drones) ?? options.Drones;
            });
        }

        _elastic.Apply(parsed, builder.Configuration, leader);
        return await HostedRun.EndAsync(builder.Build(), say, ct).ConfigureAwait(false);
    }

    private async Task<int> OnceAsync(ParseResult parsed, ReadySubject subject, Say say, CancellationToken ct)
    {
        var options = new OrcaSwarmOptions();
        ToolHost.Create(ToolHost.LevelOf(verbose: false)).Configuration.Bind(OrcaMemberOptions.Section, options);
        Apply(parsed, subject, options);
        var outcome = await PlanOnce.RunAsync(options, line => Console.Error.WriteLine(line), ct).ConfigureAwait(false);
        if (!outcome.TryGet(out var results, out var problems))
        {
            return say.Problems(problems);
        }

        if (say.Json)
        {
            say.Value(results.Select(OnceDocument.Of).ToArray(), ToolJsonContext.Default.OnceDocumentArray);
        }
        else
        {
            say.Text(string.Join(Environment.NewLine + Environment.NewLine, results.Select(result => $"Scenario '{result.Scenario}'. {result.Result}")));
        }

        return results.All(result => result.Result.Passed) ? ExitCode.Passed : ExitCode.Failed;
    }

    private void Apply(ParseResult parsed, ReadySubject subject, OrcaLeaderOptions options)
    {
        subject.Apply(options);
        _plan.Apply(parsed, options.Set);
        options.Swarm = _swarm.Swarm(parsed) ?? options.Swarm;
        options.Environment = _plan.Environment(parsed) ?? options.Environment;
        _view.Apply(parsed, options);
        _feeds.Apply(parsed, options);
    }
}
