using System.Collections.Immutable;
using System.Globalization;
using Orca.Measurement;
using Orca.Plans;
using Orca.Results;

namespace Orca.TestKit.Elasticsearch;

/// <summary>A run that never was: the same intervals, events and report for the same figures, without drones to make them.</summary>
internal sealed class SyntheticRun
{
    private readonly int _steps;
    private readonly int _samples;
    private readonly int _seed;
    private readonly IntervalReduction _reduction;

    public SyntheticRun(int drones, int steps, int intervals, int samples = 40, int seed = 1, string runId = "20260301-120000-synt")
    {
        (_steps, _samples, _seed, Intervals) = (steps, samples, seed, intervals);
        var plan = new RunPlan
        {
            Name = "checkout under load",
            Scenarios = [new() { Name = "checkout", Test = "checkout", Load = [new RateStage(100, 100, TimeSpan.FromSeconds(intervals))], MaxUsers = 100 }],
            Seed = seed,
            Tags = ImmutableSortedDictionary<string, string>.Empty.Add("branch", "main"),
        };
        Started = new()
        {
            RunId = runId,
            Swarm = "default",
            Plan = plan,
            Packages = [new("Acme.Shop.LoadTests", "1.4.2", "abc=")],
            Drones = [.. Enumerable.Range(0, drones).Select(rank => new ReportedDrone(DroneOf(rank), "i1", rank, $"host{rank % 10}"))],
            StartTime = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
        };
        _reduction = new(Started);
    }

    public int Intervals { get; }

    public RunStarted Started { get; }

    public RunInterval IntervalAt(int number)
    {
        var random = new Random((_seed * 100_003) + number);
        var work = new MeasuredWork(Started.Plan);
        var set = work.Measured[0];
        for (var i = 0; i < _samples; i++)
        {
            var nanoseconds = (long)(2e6 + (random.NextDouble() * random.NextDouble() * 80e6));
            var failed = i % 20 == 19;
            (failed ? set.ResponseFailed : set.ResponseOk).Record(nanoseconds + 100_000);
            (failed ? set.ServiceFailed : set.ServiceOk).Record(nanoseconds);
            set.Lateness.Record(100_000);
        }

        set.Started = _samples;
        set.Errors["TimeoutException"] = new(_samples / 20, "too late");
        for (var step = 0; step < _steps; step++)
        {
            var measured = new StepMeasurement(Started.Plan.Precision)
            {
                Ok = _samples - 1,
                Failed = 1,
                Http = new(Started.Plan.Precision) { Requests = _samples, BytesSent = 100 * _samples, BytesReceived = 2000 * _samples, Statuses = { [200] = _samples - 1, [503] = 1 } },
            };
            for (var i = 0; i < _samples; i++)
            {
                measured.Service.Record((long)(1e6 * (step + 1) * (1 + random.NextDouble())));
            }

            measured.Errors["HTTP 503"] = new(1, null);
            set.Steps[$"step {step.ToString("d2", CultureInfo.InvariantCulture)}"] = measured;
        }

        set.Checks["has results"] = new(_samples - 1, 1);
        return _reduction.Reduce(
            new()
            {
                Number = number,
                From = TimeSpan.FromSeconds(number),
                To = TimeSpan.FromSeconds(number + 1),
                Drones = [.. Started.Drones.Select(drone => new DroneFigures
                {
                    Drone = drone.Id,
                    Started = _samples,
                    Finished = _samples,
                    Cpu = random.NextDouble(),
                    GcPause = TimeSpan.FromMilliseconds(random.Next(20)),
                    WorkingSet = 100 << 20,
                    LatenessP99 = random.NextDouble(),
                    SchedulingDelayP99 = random.NextDouble(),
                })],
            },
            work,
            [10]);
    }

    public RunEvent EventAt(int number) => new(RunEventKind.Warning, Started.StartTime.AddSeconds(number), $"event {number.ToString(CultureInfo.InvariantCulture)}")
    {
        Drone = DroneOf(0),
        RunTime = TimeSpan.FromSeconds(number),
    };

    /// <summary>The report, with the last interval, which closes with the run.</summary>
    public RunReport Report() => new()
    {
        RunId = Started.RunId,
        Name = Started.Plan.Name,
        Swarm = Started.Swarm,
        Verdict = Verdict.Passed,
        ExitCode = 0,
        StartTime = Started.StartTime,
        EndTime = Started.StartTime.AddSeconds(Intervals),
        RunTime = TimeSpan.FromSeconds(Intervals),
        Interval = TimeSpan.FromSeconds(1),
        Packages = Started.Packages,
        Tags = Started.Plan.Tags,
        Drones = [.. Started.Drones.Select(drone => new DroneReport { Id = drone.Id, Incarnation = drone.Incarnation, Rank = drone.Rank, Host = drone.Host })],
        Events = [EventAt(0), EventAt(1)],
        Intervals = [IntervalAt(Intervals - 1)],
    };

    private static string DroneOf(int rank) => "d-" + rank.ToString("d3", CultureInfo.InvariantCulture);
}
