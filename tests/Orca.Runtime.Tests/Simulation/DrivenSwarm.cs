using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orca.Packages;
using Orca.Plans;
using Orca.Results;
using Orca.Runs;
using Orca.Swarm;
using Orca.Swarm.Documents;
using Orca.Swarm.InMemory;
using Orca.Swarm.Sealing;

namespace Orca.Tests.Simulation;

/// <summary>Leaders and drones over the in-memory medium in a simulated world, each a process of its own, with workers that only count.</summary>
internal sealed class DrivenSwarm
{
    private readonly SwarmNames _names;
    private readonly Weather? _weather;
    private readonly ILogger _log;
    private readonly Dictionary<string, SimulatedProcess> _drones = new(StringComparer.Ordinal);
    private readonly Mutation _mutation;
    private int _lives;

    public DrivenSwarm(Weather? weather = null, ILogger? log = null, SwarmSeal? seal = null, Mutation mutation = Mutation.None)
    {
        (_weather, _log, Seal, _mutation) = (weather, log ?? NullLogger.Instance, seal, mutation);
        Assert.True(SwarmNames.Of("", "driven").TryGet(out var names, out _));
        _names = names;
        Store = new(World.Time);
        Workers = new(World.Time);
    }

    /// <summary>What the members seal with, where the swarm has a key.</summary>
    public SwarmSeal? Seal { get; }

    public SwarmNames Names => _names;

    public SimulatedWorld World { get; } = new();

    public InMemorySwarmStore Store { get; }

    public SimulatedWorkers Workers { get; }

    public RunKeys Run => _names.Run("run-1");

    public IReadOnlyDictionary<string, SimulatedProcess> Drones => _drones;

    /// <summary>By member, the numbers of the snapshots that the medium has acknowledged since it was last wiped, and when.</summary>
    public Dictionary<string, List<(long Sequence, TimeSpan At)>> Acknowledged { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the medium was ever wiped.</summary>
    public bool WasWiped { get; private set; }

    /// <summary>Which processes ended with an exception, and with which.</summary>
    public List<string> Broken { get; } = [];

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

    /// <summary>Starts a drone's process; again, where it was killed: another life of it.</summary>
    public SimulatedProcess AddDrone(string id, DronePolicy? policy = null)
    {
        var process = _drones[id] = World.NewProcess(id);
        var drone = new Drone(new DroneOptions
        {
            Drone = id,
            Life = $"life-{++_lives}",
            Host = "host-" + id,
            Names = _names,
            Medium = Connect(process),
            Workers = _mutation == Mutation.None ? Workers : new MutatedWorkers(Workers, _mutation),
            Policy = policy ?? DronePolicy.Any,
            Clock = World.Time,
            Logger = _log,
        });
        _ = process.Start(() => WatchAsync(id, drone));
        return process;
    }

    public void AddDrones(int count)
    {
        for (var i = 1; i <= count; i++)
        {
            AddDrone($"drone-{i}");
        }
    }

    /// <summary>Asks the run's leader to stop, as a person with the tool does; nobody hears of it where the run is not known.</summary>
    public void RequestStop(string by)
    {
        var person = World.NewProcess(by);
        _ = person.Start(() => new SwarmOverview(Connect(person), _names, World.Time).StopAsync("run-1", by, CancellationToken.None));
    }

    /// <summary>Empties the medium, as a server that was started anew is empty.</summary>
    public void Wipe()
    {
        WasWiped = true;
        Store.Wipe();
        Acknowledged.Clear();
    }

    public (LeaderRun Run, Task<RunResult> Result, SimulatedProcess Process) Lead(RunPlan plan, int? drones = null)
    {
        var process = World.NewProcess("leader");
        var run = new LeaderRun(LeaderOptions(process) with { Drones = drones }, new PreparedRun(plan, Lock(), []));
        return (run, process.Start(() => run.RunAsync(CancellationToken.None)), process);
    }

    /// <summary>Starts a leader that takes the run over once it has lost its own.</summary>
    public (Task<RunResult> Result, SimulatedProcess Process) StandBy(string leader)
    {
        var process = World.NewProcess(leader);
        return (process.Start(() => TakeOverAsync(LeaderOptions(process))), process);
    }

    public Task<RunResult> LeadToItsEndAsync(RunPlan plan, int? drones = null) => World.RunAsync(Lead(plan, drones).Result, TimeSpan.FromMinutes(5));

    /// <summary>Whether the run came into being at all; a leader that reaches nobody gives up before.</summary>
    public bool IsAnnounced => Store.Step(Run.Document, entry => entry.Document, writes: false) is not null;

    public RunDocument Document()
    {
        var stored = Store.Step(Run.Document, entry => entry.Document, writes: false);
        Assert.NotNull(stored);
        var body = stored.Body;
        Assert.True(Seal is null || Seal.TryOpen(SealedPlace.Document(Run, stored.Version), stored.Body, out body));
        Assert.True(SwarmJson.Read<RunDocument>(body, RunDocument.TypeName).TryGet(out var document, out var problems), string.Join(";", problems));
        return document;
    }

    // A drone works until its process ends: whatever ends it sooner is a fault of its own.
    private async Task WatchAsync(string id, Drone drone)
    {
        try
        {
            await drone.RunAsync(CancellationToken.None);
        }
        catch (Exception e)
        {
            Broken.Add($"{id} broke: {e}");
        }
    }

    private static async Task<RunResult> TakeOverAsync(LeaderOptions options) =>
        (await new LeaderCandidate(options).TakeOverAsync(standBy: true, CancellationToken.None)).TryGet(out var taken, out var problems)
            ? await new LeaderRun(options, taken).RunAsync(CancellationToken.None)
            : new RunResult(ExitCode.Aborted, null, problems);

    private LeaderOptions LeaderOptions(SimulatedProcess process) => new()
    {
        Leader = process.Name,
        RunId = "run-1",
        RunName = "driven",
        Names = _names,
        Medium = Connect(process),
        Sinks = [],
        Clock = World.Time,
        Logger = _log,
    };

    private ISwarmMedium Connect(SimulatedProcess process)
    {
        ISwarmMedium medium = new InMemorySwarmMedium(Store);
        medium = _mutation == Mutation.None ? medium : new MutatedMedium(medium, _mutation);
        return Sealed(_weather is null ? medium : new WatchedMedium(new FaultyMedium(medium, process, World.Time, _weather), process, World.Time, Acknowledged));
    }

    private ISwarmMedium Sealed(ISwarmMedium medium) => Seal is null ? medium : new SealedSwarmMedium(medium, Seal, World.Time, _log);

    private static PackageLock Lock() => new()
    {
        Root = new("Driven.Tests", "1.0.0"),
        Packages = [new LockedPackage("Driven.Tests", "1.0.0", Convert.ToBase64String(new byte[64]), ImmutableArray<string>.Empty, [])],
        Hash = new string('0', 128),
    };
}
