using System.Collections.Immutable;
using Orca.Packages;
using Orca.Results.Files;
using Orca.Results;
using Orca.Runs;
using Orca.Runs.Workers;
using Orca.Runs.Workers.Child;
using Orca.Swarm;
using Orca.Swarm.InMemory;
using Orca.TestKit;

namespace Orca.Tests.Runs;

/// <summary>Drones over an in-memory swarm that stay while leaders come and go; each installs packages into a cache of its own.</summary>
internal sealed class TestSwarm : IAsyncDisposable
{
    private readonly CancellationTokenSource _dismissed = new();
    private readonly Workshop _shop;
    private readonly SwarmNames _names;
    private readonly InMemorySwarmStore _store = new(TimeProvider.System);
    private readonly ImmutableArray<Task> _drones;
    private readonly bool _inProcess;
    private readonly long? _memoryLimit;
    private readonly IReadOnlyDictionary<string, string> _secrets;
    private int _runs;

    public TestSwarm(Workshop shop, int drones, bool inProcess = true, long? memoryLimit = null, IReadOnlyDictionary<string, string>? secrets = null)
    {
        _shop = shop;
        (_inProcess, _memoryLimit, _secrets) = (inProcess, memoryLimit, secrets ?? new Dictionary<string, string>());
        Assert.True(SwarmNames.Of("", "tests").TryGet(out var names, out _));
        _names = names;
        _drones = [.. Enumerable.Range(1, drones).Select(number => Task.Run(() => DroneOf($"drone-{number}").RunAsync(_dismissed.Token)))];
    }

    public RunLog Log { get; } = new();

    public string Reports => Path.Combine(_shop.Folder, "reports");

    /// <summary>Leads one run of a plan file to its end, as a leader of its own.</summary>
    public async Task<RunResult> RunAsync(string plan, params IRunSink[] sinks)
    {
        var ct = TestContext.Current.CancellationToken;
        var prepared = Workshop.Good(await PrepareAsync(plan));
        var number = _runs;
        await using var medium = new InMemorySwarmMedium(_store);
        var leader = new LeaderRun(
            new LeaderOptions
            {
                Leader = $"leader-{number}",
                RunId = $"run-{number}",
                RunName = prepared.Plan.Name,
                Names = _names,
                Medium = medium,
                Drones = _drones.Length,
                Sinks = [new FilesSink(Reports), .. sinks],
                Clock = TimeProvider.System,
                Logger = Log,
            },
            prepared);
        return await leader.RunAsync(ct);
    }

    /// <summary>What a leader makes of a plan before it announces anything.</summary>
    public async Task<Outcome<PreparedRun>> PrepareAsync(string plan)
    {
        var file = Path.Combine(_shop.Folder, $"plan-{++_runs}.json");
        await File.WriteAllTextAsync(file, plan, TestContext.Current.CancellationToken);
        var preparation = new RunPreparation(new PackageResolver(_shop.Options, TimeProvider.System), new PackageInstaller(_shop.Options), () => 1);
        return await preparation.PrepareAsync(new RunRequest { PlanFile = file, Drones = _drones.Length }, TestContext.Current.CancellationToken);
    }

    /// <summary>Sends the drones home; what they log is complete after it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _dismissed.CancelAsync();
        await Task.WhenAll(_drones);
        _dismissed.Dispose();
    }

    private Drone DroneOf(string id) => new(new DroneOptions
    {
        Drone = id,
        Host = "here",
        Names = _names,
        Medium = new InMemorySwarmMedium(_store),
        Workers = Workers(id),
        Policy = DronePolicy.Any,
        Clock = TimeProvider.System,
        Life = "life-1",
        Logger = Log,
    });

    private ITestWorkerFactory Workers(string drone) => _inProcess
        ? new InProcessWorkerFactory(new InProcessWorkerOptions
        {
            Packages = _shop.Drone(drone),
            Secrets = _secrets,
            Clock = TimeProvider.System,
            Loggers = Log,
        })
        : new ProcessWorkerFactory(new ProcessWorkerOptions
        {
            Host = Workshop.Good(ChildHost.Find()),
            Packages = _shop.Drone(drone),
            Secrets = _secrets,
            MemoryLimit = _memoryLimit,
            Clock = TimeProvider.System,
            Loggers = Log,
        });
}
