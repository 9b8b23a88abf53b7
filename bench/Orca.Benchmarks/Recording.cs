using BenchmarkDotNet.Attributes;
using Orca.Measurement;

namespace Orca.Benchmarks;

/// <summary>What one record costs, for each kind of record.</summary>
public class Recording
{
    private const int Records = 10_000;

    private readonly long[] _values = Samples.Of(Records);
    private readonly Histogram _histogram = new(3);
    private readonly ScenarioRecorder _recorder = new("load", 3);
    private readonly int _step;

    public Recording() => _step = _recorder.StepOf("pay");

    [Benchmark(OperationsPerInvoke = Records)]
    public void Value()
    {
        foreach (var value in _values)
        {
            _histogram.Record(value);
        }
    }

    [Benchmark(OperationsPerInvoke = Records)]
    public void Iteration()
    {
        foreach (var value in _values)
        {
            _recorder.Started(MeasuredPart.Measured);
            _recorder.Iteration(MeasuredPart.Measured, value, value);
        }
    }

    [Benchmark(OperationsPerInvoke = Records)]
    public void Step()
    {
        foreach (var value in _values)
        {
            _recorder.Step(MeasuredPart.Measured, _step, value);
        }
    }

    [Benchmark(OperationsPerInvoke = Records)]
    public void Request()
    {
        foreach (var value in _values)
        {
            _recorder.Http(MeasuredPart.Measured, _step, 200, 0, value, value, value);
        }
    }

    [Benchmark(OperationsPerInvoke = Records)]
    public void Check()
    {
        foreach (var value in _values)
        {
            _recorder.Check(MeasuredPart.Measured, "is there", value > 0);
        }
    }

    [Benchmark(OperationsPerInvoke = Records)]
    public void Metric()
    {
        foreach (var value in _values)
        {
            _recorder.Record(MeasuredPart.Measured, "basket", value);
        }
    }
}
