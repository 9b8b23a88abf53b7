using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Orca.Execution;
using Orca.Measurement;
using Orca.Plans;

namespace Orca.Compare.Loads;

/// <summary>The whole engine of one drone with one scenario, on the real clock, without a swarm.</summary>
internal sealed class EngineRun(ILoadTest test, IReadOnlyList<LoadStage> stages, TimeSpan warm, int maxUsers = 100, TimeSpan? grace = null) : IAsyncDisposable
{
    private readonly Recorder _recorder = new(3, ["load"]);
    private readonly TimeSpan _length = stages.Aggregate(TimeSpan.Zero, (length, stage) => length + stage.Duration);
    private LoadEngine? _engine;

    public EngineRun(ILoadTest test, LoadStage stage, TimeSpan warm, int maxUsers = 100, TimeSpan? grace = null)
        : this(test, [stage], warm, maxUsers, grace)
    {
    }

    /// <summary>Processor time that the users took to start.</summary>
    public TimeSpan StartedIn { get; private set; }

    /// <summary>How long after its last stage the load ended.</summary>
    public TimeSpan EndedAfter { get; private set; }

    public MeasurementSet Measured => _recorder[0].Cut().Measured;

    /// <summary>Runs to the end; the reading is of the time from <c>warm</c> to the end of the last stage.</summary>
    public async Task<Reading> RunAsync()
    {
        var scenario = new Scenario { Name = "load", Test = "load", Load = [.. stages], MaxUsers = maxUsers };
        _engine = new LoadEngine(new LoadEngineOptions
        {
            RunId = "compare",
            Plan = new RunPlan { Name = "compare", Scenarios = [scenario], Seed = 42, WarmUp = warm, Grace = grace ?? TimeSpan.FromSeconds(5) },
            Tests = [new ScenarioTest(scenario, test, new ConfigurationBuilder().Build(), NullLogger.Instance)],
            Drone = new DroneInfo(0, 1),
            Recorder = _recorder,
            Clock = TimeProvider.System,
            Logger = NullLogger.Instance,
        });
        var share = new Share(0, TimeSpan.Zero, SlotSet.ForRank(0, 1));
        var before = Environment.CpuUsage.TotalTime;
        if (await _engine.SetUpAsync(share, CancellationToken.None) is { } problem)
        {
            throw new InvalidOperationException(problem.ToString());
        }

        StartedIn = Environment.CpuUsage.TotalTime - before;
        _engine.ExtendRight(long.MaxValue);
        var start = Stopwatch.GetTimestamp();
        _engine.Start(share, start);

        await Task.Delay(warm);
        var (count, since) = (Measured.Finished, Meter.Read());
        await Task.Delay(_length - Stopwatch.GetElapsedTime(start) - TimeSpan.FromMilliseconds(20));
        var until = Meter.Read();
        var reading = new Reading();
        until.AddTo(reading, since, Measured.Finished - count);
        await _engine.Completion;
        EndedAfter = Stopwatch.GetElapsedTime(start) - _length;

        var measured = Measured;
        var response = new Histogram(3);
        response.Add(measured.ResponseOk);
        response.Add(measured.ResponseFailed);
        reading["p50"] = response.ValueAt(50) / 1e6;
        reading["p90"] = response.ValueAt(90) / 1e6;
        reading["p99"] = response.ValueAt(99) / 1e6;
        reading["max"] = response.Max / 1e6;
        reading["late50"] = measured.Lateness.ValueAt(50) / 1e6;
        reading["late99"] = measured.Lateness.ValueAt(99) / 1e6;
        reading["lateMax"] = measured.Lateness.Max / 1e6;
        reading["started"] = measured.Started;
        reading["dropped"] = measured.Dropped;
        reading["missed"] = measured.Missed;
        reading["failed"] = measured.ResponseFailed.Count;
        reading["endedAfter"] = EndedAfter.TotalSeconds;
        return reading;
    }

    public ValueTask DisposeAsync() => _engine?.DisposeAsync() ?? default;
}
