using Orca.Measurement;

namespace Orca.Tests.Measurement;

/// <summary>Seeded values and measurements for property tests; a failing test names its seed.</summary>
internal static class MeasuredValues
{
    public static readonly double[] Percentiles = [0.001, 0.1, 1, 5, 10, 25, 33.3, 50, 66.6, 75, 90, 95, 99, 99.5, 99.9, 99.99, 99.999, 100];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    /// <summary>Values over the whole range, in one of several shapes.</summary>
    public static long[] Of(Random random, int count)
    {
        var shape = random.Next(5);
        var values = new long[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = shape switch
            {
                0 => random.NextInt64(0, HistogramLayout.Highest + 1),
                1 => (long)Math.Min(HistogramLayout.Highest, Math.Exp(random.NextDouble() * 29)),
                2 => random.Next(0, 5_000),
                3 => 1_000_000 + random.Next(0, 1_000),
                _ => random.Next(100) == 0 ? random.NextInt64(1_000_000_000) : random.Next(200_000, 300_000),
            };
        }

        return values;
    }

    /// <summary>HdrHistogram 2.5.0 takes the width of a bucket in 32 bits, and errs on values in buckets of 2^31 and wider, from here on.</summary>
    public static long MostOfOracle(int precision) => (HistogramLayout.Of(precision).Mask + 1) << 30;

    public static Histogram Recorded(IEnumerable<long> values, int precision = 3)
    {
        var histogram = new Histogram(precision);
        foreach (var value in values)
        {
            histogram.Record(value);
        }

        return histogram;
    }

    /// <summary>The bytes that an action allocates on this thread, the least of a few times: the runtime itself may take some when it compiles anew.</summary>
    public static long LeastAllocated(Action action)
    {
        var least = long.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    public static void AssertSame(Histogram expected, Histogram actual)
    {
        Assert.Equal(expected.Buckets, actual.Buckets);
        Assert.Equal(
            (expected.Precision, expected.Count, expected.Sum, expected.Min, expected.Max, expected.Clamped),
            (actual.Precision, actual.Count, actual.Sum, actual.Min, actual.Max, actual.Clamped));
    }

    /// <summary>Records random things of every kind.</summary>
    public static void Record(ScenarioRecorder recorder, Random random, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var part = random.Next(4) == 0 ? MeasuredPart.WarmUp : MeasuredPart.Measured;
            var value = random.NextInt64(1, 1L << random.Next(1, 40));
            var step = recorder.StepOf("step " + random.Next(4));
            var error = random.Next(5) == 0 ? "kind " + random.Next(4) : null;
            switch (random.Next(13))
            {
                case 0: recorder.Dropped(part); break;
                case 1: recorder.Missed(part, random.Next(3)); break;
                case 2: recorder.Interrupted(part); break;
                case 3: recorder.UserTime(part, TimeSpan.FromTicks(value)); break;
                case 4: recorder.Late(part, value); break;
                case 5: recorder.Step(part, step, value, error, error is null ? null : "message " + i); break;
                case 6: recorder.Http(part, step, random.Next(100, 600), value, value / 2, value, random.Next(3) == 0 ? -1 : value + 1); break;
                case 7: recorder.Check(part, "check " + random.Next(3), random.Next(2) == 0); break;
                case 8: recorder.Count(part, "counter", random.Next(-2, 9)); break;
                case 9: recorder.Gauge(part, "gauge", random.NextDouble() - 0.5); break;
                case 10: recorder.Record(part, "distribution", value); break;
                case 11: recorder.HttpBroken(part, step, value, "broken " + random.Next(3), "message " + i); break;
                default:
                    recorder.Started(part);
                    recorder.Iteration(part, value + random.Next(1_000), value, error, error is null ? null : "message " + i);
                    break;
            }
        }
    }

    public static MeasurementSet Set(Random random, int count)
    {
        var recorder = new ScenarioRecorder("scenario", 3);
        Record(recorder, random, count);
        return recorder.Cut().Measured;
    }

    public static void AssertSame(MeasurementSet expected, MeasurementSet actual)
    {
        Assert.Equal(
            (expected.Precision, expected.Started, expected.Dropped, expected.Missed, expected.Interrupted, expected.UserTime, expected.Finished),
            (actual.Precision, actual.Started, actual.Dropped, actual.Missed, actual.Interrupted, actual.UserTime, actual.Finished));
        AssertSame(expected.ResponseOk, actual.ResponseOk);
        AssertSame(expected.ResponseFailed, actual.ResponseFailed);
        AssertSame(expected.ServiceOk, actual.ServiceOk);
        AssertSame(expected.ServiceFailed, actual.ServiceFailed);
        AssertSame(expected.Lateness, actual.Lateness);
        AssertSameCounts(expected, actual);
        foreach (var (name, step) in expected.Steps)
        {
            AssertSame(step.Service, actual.Steps[name].Service);
        }

        foreach (var (name, metric) in expected.Metrics)
        {
            var other = actual.Metrics[name];
            Assert.Equal((metric.Kind, metric.Last, metric.Min, metric.Max, metric.Values is null), (other.Kind, other.Last, other.Min, other.Max, other.Values is null));
            if (metric.Values is { } values)
            {
                AssertSame(values, other.Values!);
            }
        }
    }

    /// <summary>All that is counted, but for exact least, greatest and a gauge's level.</summary>
    public static void AssertSameCounts(MeasurementSet expected, MeasurementSet actual) => Assert.Equal(Lines(expected), Lines(actual));

    private static string[] Lines(MeasurementSet set) =>
    [
        $"{set.Started} {set.Dropped} {set.Missed} {set.Interrupted} {set.UserTime}",
        Line("response ok", set.ResponseOk), Line("response failed", set.ResponseFailed),
        Line("service ok", set.ServiceOk), Line("service failed", set.ServiceFailed), Line("lateness", set.Lateness),
        .. set.Errors.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"error {e.Key}: {e.Value.Count}"),
        .. set.Steps.OrderBy(s => s.Key, StringComparer.Ordinal).SelectMany(s => Lines(s.Key, s.Value)),
        .. set.Checks.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"check {c.Key}: {c.Value}"),
        .. set.Metrics.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m =>
            $"metric {m.Key}: {m.Value.Kind} {m.Value.Recorded} {m.Value.Rejected} {m.Value.Count} {Line("values", m.Value.Values ?? new(3))}"),
    ];

    private static IEnumerable<string> Lines(string name, StepMeasurement step) =>
    [
        $"step {name}: {step.Ok} {step.Failed} {Line("service", step.Service)}",
        .. step.Errors.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"error {e.Key}: {e.Value.Count}"),
        step.Http is { } http ? $"http {http.Requests} {http.Broken} {http.BytesSent} {http.BytesReceived} {Line("first byte", http.FirstByte)} {Line("total", http.Total)}" : "no http",
        .. step.Http?.Errors.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"broken {e.Key}: {e.Value.Count}") ?? [],
        .. step.Http?.Statuses.OrderBy(s => s.Key).Select(s => $"status {s.Key}: {s.Value}") ?? [],
    ];

    private static string Line(string name, Histogram histogram) =>
        $"{name} {histogram.Count} {histogram.Sum} {histogram.Clamped} [{string.Join(' ', histogram.Buckets.Select(b => $"{b.Lowest}:{b.Count}"))}]";
}
