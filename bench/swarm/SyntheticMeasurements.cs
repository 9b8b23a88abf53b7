using Orca.Measurement;

namespace Orca.SwarmBench;

/// <summary>What every simulated drone has measured at each boundary of run time: 20 steps, log-normal times, a hundred iterations a second.</summary>
internal sealed class SyntheticMeasurements
{
    public const int Steps = 20;
    public const int PerSecond = 100;

    private static readonly long[] Values = Sampled();
    private readonly Lock _lock = new();
    private readonly Recorder _recorder = new(3, ["load"]);
    private readonly int[] _steps;
    private readonly List<Snapshot> _cuts = [];
    private int _next;

    public SyntheticMeasurements() => _steps = [.. Enumerable.Range(0, Steps).Select(step => _recorder[0].StepOf($"step {step}"))];

    /// <summary>A drone's snapshot at a boundary, counted from 1, of intervals that long.</summary>
    public ReadOnlyMemory<byte> At(int boundary, TimeSpan interval, SnapshotHeader header, DroneHealth health)
    {
        Snapshot cut;
        lock (_lock)
        {
            while (_cuts.Count < boundary)
            {
                RecordLocked((int)(interval.TotalSeconds * PerSecond));
                _cuts.Add(_recorder.Cut(header, health));
            }

            cut = _cuts[boundary - 1];
        }

        return SnapshotCodec.Encode(cut with { Header = header, Health = health });
    }

    private void RecordLocked(int iterations)
    {
        for (var i = 0; i < iterations; i++)
        {
            _recorder[0].Started(MeasuredPart.Measured);
            var sum = 0L;
            foreach (var step in _steps)
            {
                var value = Values[_next++ % Values.Length];
                _recorder[0].Step(MeasuredPart.Measured, step, value);
                sum += value;
            }

            _recorder[0].Iteration(MeasuredPart.Measured, sum, sum);
        }
    }

    private static long[] Sampled()
    {
        var random = new Random(42);
        return [.. Enumerable.Range(0, 9_973).Select(_ =>
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            return (long)(20e6 * Math.Exp(0.5 * normal));
        })];
    }
}
