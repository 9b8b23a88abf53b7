using System.Diagnostics;
using System.Diagnostics.Metrics;
using Orca.Hosting.Media;
using Orca.Results;

namespace Orca.Hosting.Telemetry;

/// <summary>The meter and the activity source <c>Orca</c>: what a host's own monitoring sees of leader and drones.</summary>
internal sealed class OrcaTelemetry
{
    public const string Name = "Orca";

    private readonly Counter<long> _iterations;
    private readonly Counter<long> _lost;

    public OrcaTelemetry(IMeterFactory meters, IEnumerable<ISwarmConnector> connectors, MemberLoops loops)
    {
        var meter = meters.Create(Name);
        _iterations = meter.CreateCounter<long>("orca.iterations", "{iteration}", "Iterations of the swarm, by what became of them.");
        _lost = meter.CreateCounter<long>("orca.drones.lost", "{drone}", "Drones that were lost or left while the load ran.");
        meter.CreateObservableGauge(
            "orca.swarm.connected", () => connectors.All(connector => connector.Trouble is null) ? 1 : 0, description: "1 while this host's members reach the swarm.");
        meter.CreateObservableGauge("orca.members", () => loops.Running.Count, "{member}", "Leader and drones that run in this host.");
    }

    public static ActivitySource Activities { get; } = new(Name);

    public void Add(string scenario, IntervalFigures figures)
    {
        foreach (var (outcome, count) in (ReadOnlySpan<(string, long)>)[
            ("ok", figures.Ok), ("failed", figures.Failed), ("dropped", figures.Dropped), ("missed", figures.Missed), ("interrupted", figures.Interrupted)])
        {
            if (count != 0)
            {
                _iterations.Add(count, new("scenario", scenario), new("outcome", outcome));
            }
        }
    }

    public void DroneLost() => _lost.Add(1);
}
