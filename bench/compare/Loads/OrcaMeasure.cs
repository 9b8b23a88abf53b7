using System.Diagnostics;
using Orca.Measurement;

namespace Orca.Compare.Loads;

/// <summary>Row l: one record, a snapshot of 20 steps, decoding and merging many drones' snapshots.</summary>
internal static class OrcaMeasure
{
    public static Reading Run(Options options)
    {
        var reading = new Reading { ["record"] = Best(20, RecordMany) / Values.Length * 1e9 };
        foreach (var samples in (int[])[100, 1_000, 10_000])
        {
            var recorder = Recorded(samples);
            byte[] bytes = [];
            reading[$"cut.{samples}"] = Best(10, () => bytes = Encoded(recorder)) * 1e3;
            reading[$"bytes.{samples}"] = bytes.Length;
            var drones = options.Number("drones", 1000);
            reading[$"merge.{samples}"] = Best(4, () => Merge(bytes, drones)) * 1e3;
        }

        return reading;
    }

    public static long[] Values { get; } = MakeValues(100_000);

    /// <summary>Log-normal, as response times are: median 20 ms.</summary>
    public static long Response(Random random)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return (long)(20e6 * Math.Exp(0.5 * normal));
    }

    private static long[] MakeValues(int count)
    {
        var random = new Random(42);
        return [.. Enumerable.Range(0, count).Select(_ => (long)(1e6 * Math.Exp(random.NextDouble() * 4)))];
    }

    private static void RecordMany()
    {
        var histogram = _histogram;
        foreach (var value in Values)
        {
            histogram.Record(value);
        }
    }

    private static readonly Histogram _histogram = new(3);

    private static Recorder Recorded(int samples)
    {
        var recorder = new Recorder(3, ["load"]);
        var random = new Random(7);
        for (var step = 0; step < 20; step++)
        {
            var number = recorder[0].StepOf($"step {step}");
            for (var i = 0; i < samples; i++)
            {
                recorder[0].Step(MeasuredPart.Measured, number, Response(random));
            }
        }

        return recorder;
    }

    private static byte[] Encoded(Recorder recorder) => SnapshotCodec.Encode(recorder.Cut(
        new SnapshotHeader("drone", "1", 0, 1, TimeSpan.FromSeconds(1), false), new DroneHealth { SchedulingDelay = new(3) }));

    private static void Merge(byte[] bytes, int drones)
    {
        var sum = new MeasurementSet(3);
        for (var drone = 0; drone < drones; drone++)
        {
            if (!SnapshotCodec.Decode(bytes).TryGet(out var snapshot, out _))
            {
                throw new InvalidOperationException("The snapshot does not decode.");
            }

            sum.Add(snapshot.Scenarios[0].Measured);
        }
    }

    public static double Best(int times, Action action)
    {
        // Compiled for good before it counts: what a drone or a leader does every second for minutes soon is.
        for (var warm = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(warm) < TimeSpan.FromSeconds(1);)
        {
            action();
        }

        var best = double.MaxValue;
        for (var i = 0; i < times; i++)
        {
            var began = Stopwatch.GetTimestamp();
            action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalSeconds);
        }

        return best;
    }
}
