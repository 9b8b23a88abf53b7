using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Orca.Packages;
using Orca.Plans;
using Orca.Results;
using Orca.Runs;
using Orca.Swarm;
using Orca.Swarm.Documents;
using Orca.Swarm.InMemory;

namespace Orca.Tests.Runs;

/// <summary>A leader and drones over the in-memory medium in a driven world, with simulated workers.</summary>
internal sealed class DrivenSwarm
{
    private readonly SwarmNames _names;
    private readonly Dictionary<string, (CancellationTokenSource Stop, Task Running)> _drones = [];
    private int _lives;

    public DrivenSwarm()
    {
        Assert.True(SwarmNames.Of("", "driven").TryGet(out var names, out _));
        _names = names;
        Store = new(World.Clock);
        Workers = new(World.Clock);
    }

    public DrivenWorld World { get; } = new();

    public InMemorySwarmStore Store { get; }

    public SimulatedWorkers Workers { get; }

    public RunKeys Run => _names.Run("run-1");

    /// <summary>A plan of open load: so many arrivals a second.</summary>
    public static RunPlan Plan(int quorum, decimal rate = 100, int seconds = 10) => new()
    {
        Name = "driven",
        Package = new("Driven.Tests", "1.0.0"),
        Quorum = Quorum.Of(quorum),
        Seed = 1,
        Grace = TimeSpan.FromSeconds(5),
        Scenarios =
        [
            new Scenario { Name = "open", Test = "open", MaxUsers = 1_000, Load = [new RateStage(rate, rate, TimeSpan.FromSeconds(seconds))] },
        ],
    };

    public void AddDrone(string id, DronePolicy? policy = null)
    {
        var drone = new Drone(new DroneOptions
        {
            Drone = id,
            Host = "host-" + id,
            Names = _names,
            Medium = new InMemorySwarmMedium(Store),
            Workers = Workers,
            Policy = policy ?? DronePolicy.Any,
            Clock = World.Clock,
            Life = $"life-{++_lives}",
            Logger = NullLogger.Instance,
        });
        var stop = new CancellationTokenSource();
        _drones[id] = (stop, World.Start(() => drone.RunAsync(stop.Token)));
    }

    public void AddDrones(int count)
    {
        for (var i = 1; i <= count; i++)
        {
            AddDrone($"drone-{i}");
        }
    }

    /// <summary>Takes a drone away without a word, as a crash does.</summary>
    public void Kill(string id) => _drones[id].Stop.Cancel();

    public (LeaderRun Run, Task<RunResult> Result) Lead(RunPlan plan, params IRunSink[] sinks)
    {
        var leader = new LeaderRun(
            new LeaderOptions
            {
                Leader = "leader",
                RunId = "run-1",
                RunName = plan.Name,
                Names = _names,
                Medium = new InMemorySwarmMedium(Store),
                Sinks = sinks,
                Clock = World.Clock,
                Logger = NullLogger.Instance,
            },
            new PreparedRun(plan, Lock(), []));
        return (leader, World.Start(() => leader.RunAsync(CancellationToken.None)));
    }

    public Task<RunResult> LeadToItsEndAsync(RunPlan plan) => World.RunAsync(Lead(plan).Result, TimeSpan.FromMinutes(5));

    public RunDocument Document()
    {
        var stored = Store.Step(Run.Document, entry => entry.Document, writes: false);
        Assert.True(SwarmJson.Read<RunDocument>(stored!.Body, RunDocument.TypeName).TryGet(out var document, out var problems), string.Join(";", problems));
        return document;
    }

    private static PackageLock Lock() => new()
    {
        Root = new("Driven.Tests", "1.0.0"),
        Packages = [new LockedPackage("Driven.Tests", "1.0.0", Convert.ToBase64String(new byte[64]), ImmutableArray<string>.Empty, [])],
        Hash = new string('0', 128),
    };
}
