using Orca.Plans;
using Orca.Runs.Workers;

namespace Orca.Tests.Runs;

/// <summary>The workers of a whole swarm, and what they did.</summary>
internal sealed class SimulatedWorkers(TimeProvider clock) : ITestWorkerFactory
{
    public TimeProvider Clock { get; } = clock;

    public List<string> SwarmSetUps { get; } = [];

    public List<string> SwarmTearDowns { get; } = [];

    public List<(string Drone, WorkerPlace Place)> Places { get; } = [];

    public List<(string Drone, string Scenario, long Number, TimeSpan Due, TimeSpan At)> Starts { get; } = [];

    public Func<string, Problem?> RefusesToPrepare { get; set; } = _ => null;

    public Func<string, CancellationToken, Task> WhileSettingUp { get; set; } = (_, _) => Task.CompletedTask;

    public Func<string, Problem?> FailsToSetUp { get; set; } = _ => null;

    public Func<string, Problem?> FailsToTearDown { get; set; } = _ => null;

    public ITestWorker Create() => new SimulatedWorker(this);

    public void Started(string drone, string scenario, Arrival arrival, TimeSpan at) =>
        Starts.Add((drone, scenario, arrival.Number, arrival.Due, at));
}
