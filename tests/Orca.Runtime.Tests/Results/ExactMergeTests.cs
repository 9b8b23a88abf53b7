using Orca.Measurement;
using Orca.Plans;
using Orca.Results;

namespace Orca.Tests.Results;

/// <summary>Whatever becomes of snapshots on their way, totals are those of each incarnation's newest one, and the intervals add up to them.</summary>
public class ExactMergeTests
{
    private const int Seeds = 60;
    private const int RunSeconds = 12;

    private static RunPlan Plan { get; } =
        FakeRun.Plan(FakeRun.Open("pay", 20, RunSeconds), FakeRun.Closed("browse", 3, RunSeconds)) with { WarmUp = TimeSpan.FromSeconds(2.5) };

    [Fact]
    public void Complete_LostLateDoubledAndReorderedSnapshots_AddsUpExactly()
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            try
            {
                Run(new Random(seed));
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"Seed {seed}: {error.Message}", error);
            }
        }
    }

    private static void Run(Random random)
    {
        var run = new FakeRun(Plan, drones: random.Next(1, 6));
        var alive = run.Drones.ToList();
        var live = run.Live.ToList();
        Dictionary<MemberKey, Snapshot> newest = [];
        List<(double At, Snapshot Snapshot)> underway = [];
        List<RunInterval> seen = [];

        for (var half = 1; half <= RunSeconds * 2; half++)
        {
            var now = half / 2.0;
            foreach (var drone in alive)
            {
                Work(drone, random, warmUp: now <= 2.5);
                if (half % 2 == 0 && random.NextDouble() < 0.85)
                {
                    var snapshot = drone.Cut(now);
                    underway.Add((now + (random.NextDouble() < 0.7 ? 0 : random.NextDouble() * 5), snapshot));
                    if (random.NextDouble() < 0.1)
                    {
                        underway.Add((now + (random.NextDouble() * 3), snapshot));
                    }
                }
            }

            if (random.NextDouble() < 0.06 && alive.Count > 0)
            {
                var dead = alive[random.Next(alive.Count)];
                alive.Remove(dead);
                live.Remove(dead.Key);
                if (random.NextDouble() < 0.5)
                {
                    alive.Add(new FakeDrone(Plan, dead.Id, $"{dead.Incarnation}+"));
                }
            }

            Deliver(now);
            seen.AddRange(run.Ledger.CloseIntervals([.. live], TimeSpan.FromSeconds(now)));
        }

        foreach (var drone in alive)
        {
            underway.Add((RunSeconds, drone.Cut(RunSeconds + (random.Next(3) * 0.4), final: true)));
        }

        Deliver(double.MaxValue);
        var report = run.Complete(RunSeconds);
        MergeChecks.Totals(report, newest.Values, Plan);
        MergeChecks.Intervals(report, newest.Values, Plan, RunSeconds);
        Assert.True(report.Intervals.Count(interval => interval.Correction) <= 1);
        Assert.Equal(seen.Select(interval => interval.Number), report.Intervals.Take(seen.Count).Select(interval => interval.Number));

        void Deliver(double now)
        {
            var due = underway.Where(message => message.At <= now).OrderBy(_ => random.Next()).ToList();
            underway.RemoveAll(message => message.At <= now);
            foreach (var (_, snapshot) in due)
            {
                var key = new MemberKey(snapshot.Header.Drone, snapshot.Header.Incarnation);
                var isNew = !newest.TryGetValue(key, out var known) || known.Header.Sequence < snapshot.Header.Sequence;
                Assert.Equal(isNew, run.Ledger.Add(snapshot));
                if (isNew)
                {
                    newest[key] = snapshot;
                }
            }
        }
    }

    private static void Work(FakeDrone drone, Random random, bool warmUp)
    {
        for (var scenario = 0; scenario < 2; scenario++)
        {
            drone.Users = random.Next(4);
            drone.Iterate(random.Next(6), 0.5 + (random.NextDouble() * 80), scenario, warmUp: warmUp);
            drone.Iterate(random.Next(2), 5, scenario, error: "Timeout", warmUp: warmUp);
            var set = warmUp ? drone.WarmUpOf(scenario) : drone[scenario];
            set.Dropped += random.Next(2);
            set.Missed += random.Next(2);
            set.Interrupted += random.Next(2);
            set.UserTime += TimeSpan.FromTicks(random.Next(10_000_000));
        }

        drone.Step("search", random.Next(4), 3, scenario: 1);
    }
}
