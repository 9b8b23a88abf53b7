using System.Collections.Immutable;
using Orca.Plans;
using Orca.Results;

namespace Orca.Tests.Results;

/// <summary>A run made by hand: a plan, drones that measure what they are told, and the ledger.</summary>
internal sealed class FakeRun
{
    public FakeRun(RunPlan plan, int drones = 1)
    {
        Drones = [.. Enumerable.Range(0, drones).Select(rank => new FakeDrone(plan, $"d{rank + 1}"))];
        Started = new()
        {
            RunId = "run-1",
            Swarm = "default",
            Plan = plan,
            Packages = [new("Acme.Tests", "1.4.2", "abc=")],
            Drones = [.. Drones.Select((drone, rank) => new ReportedDrone(drone.Id, drone.Incarnation, rank, $"host{rank + 1}"))],
            StartTime = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
        };
        Ledger = new(Started);
    }

    public ImmutableArray<FakeDrone> Drones { get; }

    public RunStarted Started { get; }

    public RunLedger Ledger { get; }

    public IReadOnlyCollection<MemberKey> Live => [.. Drones.Select(drone => drone.Key)];

    public static RunPlan Plan(params Scenario[] scenarios) => new() { Name = "checkout under load", Scenarios = [.. scenarios], Seed = 42 };

    public static Scenario Open(string name, decimal rate, double seconds) => Scenario(name, new RateStage(rate, rate, TimeSpan.FromSeconds(seconds)));

    public static Scenario Closed(string name, int users, double seconds) => Scenario(name, new UsersStage(users, users, TimeSpan.FromSeconds(seconds)));

    public static Scenario Fixed(string name, long iterations, double seconds) => Scenario(name, new IterationsStage(iterations, 4, TimeSpan.FromSeconds(seconds)));

    public static Scenario Scenario(string name, params LoadStage[] load) => new() { Name = name, Test = name, Load = [.. load], MaxUsers = 100 };

    /// <summary>Has every drone report the end of an interval, then closes what can be closed.</summary>
    public IReadOnlyList<RunInterval> Report(double seconds)
    {
        foreach (var drone in Drones)
        {
            Ledger.Add(drone.Cut(seconds));
        }

        return Close(seconds);
    }

    public IReadOnlyList<RunInterval> Close(double seconds) => Ledger.CloseIntervals(Live, TimeSpan.FromSeconds(seconds));

    /// <summary>Has every drone report its end, and judges the run.</summary>
    public RunReport Finish(double seconds, Func<RunEnding, RunEnding>? with = null)
    {
        foreach (var drone in Drones)
        {
            Ledger.Add(drone.Cut(seconds, final: true));
        }

        return Complete(seconds, with);
    }

    public RunReport Complete(double seconds, Func<RunEnding, RunEnding>? with = null)
    {
        var ending = new RunEnding { EndTime = Started.StartTime.AddSeconds(seconds), RunTime = TimeSpan.FromSeconds(seconds) };
        return Ledger.Complete(with is null ? ending : with(ending));
    }
}
