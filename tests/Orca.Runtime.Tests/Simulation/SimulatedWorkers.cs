using Orca.Runs.Workers;

namespace Orca.Tests.Simulation;

/// <summary>The workers of a whole swarm, and what they really did.</summary>
internal sealed class SimulatedWorkers(SimulatedTime clock) : ITestWorkerFactory
{
    public SimulatedTime Clock { get; } = clock;

    public List<string> SwarmSetUps { get; } = [];

    public List<string> SwarmTearDowns { get; } = [];

    public List<(string Drone, WorkerPlace Place)> Places { get; } = [];

    public List<Start> Starts { get; } = [];

    /// <summary>How many arrivals each incarnation had started and missed when it cut each of its snapshots.</summary>
    public Dictionary<string, List<(long Started, long Missed)>> Cuts { get; } = new(StringComparer.Ordinal);

    /// <summary>How many workers were stopped before the plan's end.</summary>
    public int StoppedEarly { get; set; }

    public Func<string, Problem?> RefusesToPrepare { get; set; } = _ => null;

    public Func<string, Task> WhilePreparing { get; set; } = _ => Task.CompletedTask;

    public Func<string, CancellationToken, Task> WhileSettingUpSwarm { get; set; } = (_, _) => Task.CompletedTask;

    public Func<string, Problem?> FailsToSetUpSwarm { get; set; } = _ => null;

    public Func<string, CancellationToken, Task> WhileSettingUp { get; set; } = (_, _) => Task.CompletedTask;

    public Func<string, Problem?> FailsToSetUp { get; set; } = _ => null;

    public Action WhileTearingDownSwarm { get; set; } = () => { };

    public Func<string, Task> WhileTearingDown { get; set; } = _ => Task.CompletedTask;

    public Func<string, Problem?> FailsToTearDown { get; set; } = _ => null;

    public List<(long Started, long Missed)> CutsOf(string drone, string life)
    {
        var member = drone + "/" + life;
        if (!Cuts.TryGetValue(member, out var cuts))
        {
            Cuts[member] = cuts = [];
        }

        return cuts;
    }

    public ITestWorker Create() => new SimulatedWorker(this);

    /// <summary>One start of an iteration; by a user of closed load the number is the user's.</summary>
    internal readonly record struct Start(string Drone, string Life, string Scenario, StartKind Kind, long Number, TimeSpan Due, TimeSpan At);
}
