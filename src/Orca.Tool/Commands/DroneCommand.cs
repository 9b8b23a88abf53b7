using System.CommandLine;
using Orca.Hosting;
using Orca.Tool.Arguments;
using Orca.Tool.Output;

namespace Orca.Tool.Commands;

/// <summary><c>orca drone</c>: takes part in the runs of a swarm until it is stopped.</summary>
internal sealed class DroneCommand : ExampleCommand
{
    private readonly Option<string?> _name = new("--name", "-n") { Description = "The drone's name, unique in its swarm. Default: machine and process.", HelpName = "name" };
    private readonly Option<int?> _drones = new("--drones", "-d") { Description = "How many drones this process holds, 1 to 100. Default: 1.", HelpName = "n" };
    private readonly Option<string[]> _allow = new("--allow", "-a") { Description = "The ids of packages that may be loaded, with * and ?. May be given several times; none is loaded without.", HelpName = "pattern", DefaultValueFactory = _ => [] };
    private readonly Option<string[]> _targets = new("--allow-target") { Description = "The hosts that may be put under load: *.staging.example, localhost:8080. May be given several times; all are allowed without.", HelpName = "host", DefaultValueFactory = _ => [] };
    private readonly Option<TestIsolation?> _isolation = new("--isolation") { Description = "Where tests run: in processes of their own (Process, the default), or in the drone's (InProcess).", HelpName = "where" };
    private readonly Option<long?> _memory = new("--memory-limit") { Description = "How many MiB the managed heap of a test's own process may take, at least 16. Default: no limit.", HelpName = "MiB" };
    private readonly Option<bool> _quiet = new("--quiet") { Description = "Log warnings only." };
    private readonly SwarmArguments _swarm = new();
    private readonly FeedArguments _feeds = new();

    public DroneCommand()
        : base(
            "drone",
            "Holds a drone: it takes part in the runs of its swarm, one after the other, until it is stopped.",
            "orca drone --redis redis.internal:6379 --allow \"Acme.*\"",
            "orca drone --redis localhost:6379 --allow \"*.LoadTests\" --feed ./packages --drones 3",
            "orca drone --redis redis.internal:6379 --allow \"Acme.*\" --allow-target \"*.staging.example\" --memory-limit 2048")
    {
        _swarm.AddTo(this);
        Options.Add(_allow);
        Options.Add(_targets);
        Options.Add(_isolation);
        Options.Add(_memory);
        Options.Add(_name);
        Options.Add(_drones);
        _feeds.AddTo(this);
        Options.Add(_quiet);
    }

    protected override async Task<int> InvokeAsync(ParseResult parsed, CancellationToken ct)
    {
        var say = new Say(json: false);
        if (await _swarm.ReachAsync(parsed, ct).ConfigureAwait(false) is { } away)
        {
            return say.Problem(away);
        }

        var builder = ToolHost.Create(ToolHost.LevelOf(verbose: !parsed.GetValue(_quiet)));
        builder.AddOrcaDrone(options =>
        {
            options.Swarm = _swarm.Swarm(parsed) ?? options.Swarm;
            options.Name = parsed.GetValue(_name) ?? options.Name;
            options.Drones = parsed.GetValue(_drones) ?? options.Drones;
            options.Isolation = parsed.GetValue(_isolation) ?? options.Isolation;
            options.MemoryLimit = parsed.GetValue(_memory) is { } mebibytes ? mebibytes << 20 : options.MemoryLimit;
            _feeds.Apply(parsed, options);
            foreach (var pattern in parsed.GetValue(_allow)!)
            {
                options.AllowedPackages.Add(pattern);
            }

            foreach (var host in parsed.GetValue(_targets)!)
            {
                options.AllowedTargets.Add(host);
            }
        }).UseRedis(redis => _swarm.Apply(parsed, redis));
        return await HostedRun.EndAsync(builder.Build(), say, ct).ConfigureAwait(false);
    }
}
