using System.Text.Json;
using Orca.Measurement;
using Orca.Plans;
using Orca.Results;

namespace Orca.Tests.Results;

/// <summary>One random run, seen by a ledger that lasts, and by leaders that follow one another and share only what is stored.</summary>
internal sealed class ResumedRun(RunPlan plan, int seconds, Random random)
{
    private readonly FakeRun _run = new(plan, drones: random.Next(1, 6));
    private readonly Stored _stored = new();
    private readonly List<(double At, Snapshot Snapshot)> _underway = [];
    private readonly Dictionary<MemberKey, Snapshot> _medium = [];
    private readonly List<RunInterval> _closed = [];
    private RunLedger? _leader;
    private long _fencing = 1;
    private int _restored;

    /// <summary>Whether what is stored comes back damaged.</summary>
    public bool Damaged { get; init; }

    public void Run()
    {
        var alive = _run.Drones.ToList();
        var live = _run.Live.ToList();
        _leader = new(_run.Started);
        double[] switches = [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => random.Next(1, (seconds * 2) + 1) / 2.0)];
        var away = 0.0;
        for (var half = 1; half <= seconds * 2; half++)
        {
            var now = half / 2.0;
            Work(alive, now);
            if (random.NextDouble() < 0.05 && alive.Count > 1)
            {
                var dead = alive[random.Next(alive.Count)];
                alive.Remove(dead);
                live.Remove(dead.Key);
            }

            if (switches.Contains(now))
            {
                _leader = null;
                away = now + (random.Next(8) / 2.0);
            }

            if (_leader is null && now >= away)
            {
                TakeOver();
            }

            Deliver(now);
            _run.Ledger.CloseIntervals([.. live], TimeSpan.FromSeconds(now));
            if (_leader is not null)
            {
                Keep(_leader.CloseIntervals([.. live], TimeSpan.FromSeconds(now)));
            }
        }

        foreach (var drone in alive)
        {
            _underway.Add((seconds, drone.Cut(seconds + (random.Next(3) * 0.4), final: true)));
        }

        if (_leader is null)
        {
            TakeOver();
        }

        Deliver(double.MaxValue);
        Check(_run.Complete(seconds), _leader!.Complete(new() { EndTime = _run.Started.StartTime.AddSeconds(seconds), RunTime = TimeSpan.FromSeconds(seconds) }));
    }

    private void Work(List<FakeDrone> alive, double now)
    {
        foreach (var drone in alive)
        {
            var warmUp = now <= plan.WarmUp.TotalSeconds;
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

            drone.Step("search", random.Next(4), 1 + (random.NextDouble() * 4), scenario: 1);
            Custom(drone[1]);
            if (now == Math.Floor(now) && random.NextDouble() < 0.85)
            {
                _underway.Add((now + (random.NextDouble() < 0.7 ? 0 : random.NextDouble() * 5), drone.Cut(now)));
            }
        }
    }

    private void Custom(MeasurementSet set)
    {
        var check = set.Checks.GetValueOrDefault("found") ?? new(0, 0);
        set.Checks["found"] = new(check.Passed + random.Next(3), check.Failed + random.Next(2));
        set.Metrics.TryAdd("left", new() { Kind = MetricKind.Counter });
        set.Metrics["left"].Recorded++;
        set.Metrics["left"].Count += random.Next(-3, 3);
        set.Metrics.TryAdd("size", MetricMeasurement.Of(MetricKind.Distribution, plan.Precision));
        set.Metrics["size"].Recorded++;
        set.Metrics["size"].Values!.Record(random.Next(5000));
    }

    private void Deliver(double now)
    {
        var due = _underway.Where(message => message.At <= now).OrderBy(_ => random.Next()).ToList();
        _underway.RemoveAll(message => message.At <= now);
        foreach (var (_, snapshot) in due)
        {
            var key = new MemberKey(snapshot.Header.Drone, snapshot.Header.Incarnation);
            if (!_medium.TryGetValue(key, out var known) || known.Header.Sequence < snapshot.Header.Sequence)
            {
                _medium[key] = snapshot;
            }

            _run.Ledger.Add(snapshot);
            _leader?.Add(snapshot);
        }
    }

    private void Keep(IReadOnlyList<RunInterval> closed)
    {
        _closed.AddRange(closed);
        _stored.Add(closed, _fencing);
        _stored.Add(_leader!.TakeEvents(), _fencing);
    }

    private void TakeOver()
    {
        if (Damaged)
        {
            Damage();
        }

        _fencing++;
        _leader = new(_run.Started);
        _leader.Restore(_stored.Series, _stored.Events);
        _restored = _leader.Intervals.Count;
        Assert.True(Damaged || _restored == _closed.Count);
        Assert.Equal(_closed.Take(_restored).Select(Json), _leader.Intervals.Select(Json));
        _closed.RemoveRange(_restored, _closed.Count - _restored);
        foreach (var snapshot in _medium.Values)
        {
            _leader.Add(snapshot);
        }
    }

    private void Damage()
    {
        switch (random.Next(5))
        {
            case 0:
                _stored.Series.Clear();
                break;
            case 1:
                var kept = random.Next(_stored.Series.Count + 1);
                _stored.Series.RemoveRange(kept, _stored.Series.Count - kept);
                break;
            case 2 when _stored.Series.Count > 0:
                _stored.Series.RemoveAt(random.Next(_stored.Series.Count));
                break;
            case 3 when _stored.Series.Count > 0:
                var bytes = _stored.Series[random.Next(_stored.Series.Count)].ToArray();
                bytes[random.Next(bytes.Length)] ^= (byte)random.Next(1, 256);
                _stored.Series[random.Next(_stored.Series.Count)] = bytes;
                break;
            default:
                _stored.Series.Insert(random.Next(_stored.Series.Count + 1), new byte[random.Next(100)]);
                _stored.Events.Add("{"u8.ToArray());
                break;
        }
    }

    private void Check(RunReport undisturbed, RunReport resumed)
    {
        MergeChecks.Totals(resumed, _medium.Values, plan);
        MergeChecks.Intervals(resumed, _medium.Values, plan, seconds);
        Assert.Equal(JsonSerializer.Serialize(undisturbed.Totals, Options), JsonSerializer.Serialize(resumed.Totals, Options));
        Assert.Equal(JsonSerializer.Serialize(undisturbed.Scenarios, Options), JsonSerializer.Serialize(resumed.Scenarios, Options));
        Assert.Equal(undisturbed.Thresholds.Select(WithoutHistory), resumed.Thresholds.Select(WithoutHistory));
        Assert.Equal((undisturbed.Verdict, undisturbed.ExitCode), (resumed.Verdict, resumed.ExitCode));
        Assert.Equal(
            undisturbed.Reasons.Select(reason => (reason.Verdict, reason.Scenario)), resumed.Reasons.Select(reason => (reason.Verdict, reason.Scenario)));
        Assert.Equal(_closed.Select(Json), resumed.Intervals.Take(_closed.Count).Select(Json));
        Assert.True(_restored == 0 || _restored == resumed.Intervals.Length || resumed.Intervals[_restored] is { Wide: true } or { Correction: true });

        // What sinks get of every interval adds up to the totals too, down to the last bucket of the last step.
        for (var i = 0; i < plan.Scenarios.Length; i++)
        {
            var (measured, warmUp) = (new MeasurementSet(plan.Precision), new MeasurementSet(plan.Precision));
            foreach (var detail in _closed.Concat(resumed.Intervals.Skip(_closed.Count)).Select(interval => interval.Detail!))
            {
                measured.Add(detail.Measured[i]);
                warmUp.Add(detail.WarmUp[i]);
            }

            MergeChecks.Same(MergeChecks.Sum(_medium.Values, i, MeasuredPart.Measured, plan), measured);
            MergeChecks.Same(MergeChecks.Sum(_medium.Values, i, MeasuredPart.WarmUp, plan), warmUp);
        }
    }

    private static JsonSerializerOptions Options => ReportJsonContext.Default.Options;

    private static ThresholdResult WithoutHistory(ThresholdResult result) => result with { FirstFailedAt = null };

    private static string Json(RunInterval interval) =>
        JsonSerializer.Serialize(interval, ReportJsonContext.Default.RunInterval)
        + string.Concat(interval.Scenarios.Select(part => Convert.ToHexString(part.ResponseHistogram.Span) + Convert.ToHexString(part.ServiceHistogram.Span)));
}
