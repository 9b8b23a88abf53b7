using BenchmarkDotNet.Attributes;
using Orca.Measurement;

namespace Orca.Benchmarks;

/// <summary>A drone's snapshot of 20 steps: cut, encoded, decoded, added up.</summary>
public class Snapshots
{
    private const int Steps = 20;

    private readonly Recorder _recorder = new(3, ["load"]);
    private byte[] _bytes = [];
    private Snapshot? _earlier;
    private Snapshot? _later;

    /// <summary>The values in each step.</summary>
    [Params(100, 1_000, 10_000)]
    public int Values { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        Record(Values);
        _earlier = SnapshotCodec.Decode(Encode()).ValueOrThrow();
        Record(Values / 10);
        _bytes = Encode();
        _later = SnapshotCodec.Decode(_bytes).ValueOrThrow();
    }

    [Benchmark]
    public object Cut() => CutNow();

    private Snapshot CutNow() => _recorder.Cut(Header, Health);

    [Benchmark]
    public byte[] Encode() => SnapshotCodec.Encode(CutNow());

    [Benchmark]
    public object Decode() => SnapshotCodec.Decode(_bytes);

    [Benchmark]
    public object DecodeAndMerge()
    {
        var sum = new MeasurementSet(3);
        sum.Add(SnapshotCodec.Decode(_bytes).ValueOrThrow().Scenarios[0].Measured);
        return sum;
    }

    [Benchmark]
    public object MergeInterval()
    {
        var sum = new MeasurementSet(3);
        sum.AddSince(_later!.Scenarios[0].Measured, _earlier!.Scenarios[0].Measured);
        return sum;
    }

    private static SnapshotHeader Header => new("drone", "1", 0, 1, TimeSpan.FromSeconds(1), false);

    private static DroneHealth Health => new() { SchedulingDelay = new(3) };

    private void Record(int values)
    {
        for (var step = 0; step < Steps; step++)
        {
            var number = _recorder[0].StepOf($"step {step}");
            foreach (var value in Samples.Of(values))
            {
                _recorder[0].Step(MeasuredPart.Measured, number, value + step);
            }
        }
    }
}
