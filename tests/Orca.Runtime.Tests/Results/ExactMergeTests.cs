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
        CheckTotals(report, newest.Values);
        CheckIntervals(report, newest.Values);
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

    private static void CheckTotals(RunReport report, ICollection<Snapshot> newest)
    {
        for (var i = 0; i < 2; i++)
        {
            var (measured, warmUp) = (Sum(newest, i, MeasuredPart.Measured), Sum(newest, i, MeasuredPart.WarmUp));
            Same(measured, report.Scenarios[i].Measured);
            Same(warmUp, report.Scenarios[i].WarmUp!);
        }

        Assert.Equal(report.Scenarios.Sum(scenario => scenario.Measured.Finished), report.Totals.Finished);
        Assert.Equal(newest.Count, report.Drones.Count(drone => drone.MeasuredTo > TimeSpan.Zero));
    }

    private static void Same(MeasurementSet expected, WorkStatistics actual)
    {
        Assert.Equal(
            (expected.Started, expected.ResponseOk.Count, expected.ResponseFailed.Count, expected.Dropped, expected.Missed, expected.Interrupted, expected.UserTime),
            (actual.Started, actual.Ok, actual.Failed, actual.Dropped, actual.Missed, actual.Interrupted, actual.UserTime));
        Assert.Equal(expected.ServiceOk.Count + expected.ServiceFailed.Count, actual.Service?.Count ?? 0);
        Assert.Equal(expected.Lateness.Count, actual.Lateness?.Count ?? 0);
        Assert.Equal(expected.ResponseOk.ValueAt(99) / 1e6, actual.ResponseOk?.P99 ?? 0);
        Assert.Equal(expected.ResponseOk.Max / 1e6, actual.ResponseOk?.Max ?? 0);
        Assert.Equal(expected.Steps.Values.Sum(step => step.Ok), actual.Steps.Sum(step => step.Ok));
        Assert.Equal(expected.Errors.Values.Sum(error => error.Count), actual.Errors.Sum(error => error.Count));
    }

    private static void CheckIntervals(RunReport report, ICollection<Snapshot> newest)
    {
        var regular = report.Intervals.Where(interval => !interval.Correction).ToList();
        Assert.Equal(TimeSpan.Zero, regular[0].From);
        Assert.All(regular.Zip(regular.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.True(regular[^1].To >= TimeSpan.FromSeconds(RunSeconds));
        Assert.True(report.Intervals.Length - regular.Count <= 1);
        Assert.Equal(Enumerable.Range(0, report.Intervals.Length), report.Intervals.Select(interval => interval.Number));

        for (var i = 0; i < 2; i++)
        {
            var name = Plan.Scenarios[i].Name;
            Adds(report, Sum(newest, i, MeasuredPart.Measured), [.. report.Intervals.Select(interval => interval.Scenarios[i])]);
            Adds(report, Sum(newest, i, MeasuredPart.WarmUp), [.. report.Intervals.SelectMany(interval => interval.WarmUp).Where(figures => figures.Name == name)]);
        }

        Assert.Equal(
            report.Scenarios.Sum(scenario => scenario.Measured.Started + scenario.WarmUp!.Started),
            report.Intervals.Sum(interval => interval.Total.Started));
    }

    private static void Adds(RunReport report, MeasurementSet expected, List<IntervalFigures> parts)
    {
        Assert.Equal(
            (expected.Started, expected.ResponseOk.Count, expected.ResponseFailed.Count, expected.Dropped, expected.Missed, expected.Interrupted, expected.UserTime.Ticks),
            (parts.Sum(part => part.Started), parts.Sum(part => part.Ok), parts.Sum(part => part.Failed), parts.Sum(part => part.Dropped), parts.Sum(part => part.Missed), parts.Sum(part => part.Interrupted), parts.Sum(part => part.UserTime.Ticks)));
        Assert.Equal(expected.Steps.Values.Sum(step => step.Ok), parts.SelectMany(part => part.Steps).Sum(step => step.Ok));

        var response = new Histogram(Plan.Precision);
        foreach (var part in parts.Where(part => !part.ResponseHistogram.IsEmpty))
        {
            Assert.True(HdrEncoding.DecodeCompressed(part.ResponseHistogram.Span).TryGet(out var histogram, out _));
            response.Add(histogram);
        }

        var all = new Histogram(Plan.Precision);
        all.Add(expected.ResponseOk);
        all.Add(expected.ResponseFailed);
        Assert.Equal(all.Buckets, response.Buckets);
        Assert.NotNull(report);
    }

    private static MeasurementSet Sum(IEnumerable<Snapshot> newest, int scenario, MeasuredPart part)
    {
        var sum = new MeasurementSet(Plan.Precision);
        foreach (var snapshot in newest)
        {
            sum.Add(part == MeasuredPart.Measured ? snapshot.Scenarios[scenario].Measured : snapshot.Scenarios[scenario].WarmUp);
        }

        return sum;
    }
}
