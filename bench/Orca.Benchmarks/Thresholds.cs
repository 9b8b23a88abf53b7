using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Orca.Measurement;
using Orca.Plans;
using Orca.Results;

namespace Orca.Benchmarks;

/// <summary>Ten thresholds, as a leader judges the aborting ones after each interval.</summary>
public class Thresholds
{
    private readonly JudgedWork _work;
    private readonly ImmutableArray<Threshold> _thresholds =
    [
        .. new[]
        {
            "load p50 < 50ms", "load p99 < 250ms", "load p99.9 < 1s", "load service.p99 < 250ms", "load errors < 1%",
            "load rate > 1/s", "load mean < 100ms", "load/pay p95 < 100ms", "load/pay errors < 1%", "load dropped < 1%",
        }.Select(text => ThresholdText.Parse(text).ValueOrThrow()),
    ];

    public Thresholds()
    {
        var plan = new RunPlan { Name = "plan", Scenarios = [new Scenario { Name = "load", Test = "load", MaxUsers = 100, Load = [new RateStage(100, 100, TimeSpan.FromMinutes(5))] }], Seed = 42 };
        var set = new MeasurementSet(3);
        var pay = set.Steps["pay"] = new StepMeasurement(3);
        foreach (var value in Samples.Of(30_000))
        {
            set.Started++;
            set.ResponseOk.Record(value);
            set.ServiceOk.Record(value);
            pay.Ok++;
            pay.Service.Record(value);
        }

        _work = new(plan, PlannedLoad.Of(plan), [set], TimeSpan.FromMinutes(5));
    }

    [Benchmark]
    public int TenThresholds() => _thresholds.Count(threshold => ThresholdJudge.Judge(threshold, _work).Passed);
}
