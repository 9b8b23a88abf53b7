using Orca.Measurement;
using Orca.Plans;

namespace Orca.Execution;

/// <summary>One scenario on this drone: what its users share.</summary>
internal sealed class ScenarioLoad : IDisposable
{
    private readonly TimeSpan _warmUp;
    private long _measuredFrom = long.MaxValue;

    public ScenarioLoad(LoadEngineOptions options, int index, RunState run)
    {
        var test = options.Tests[index];
        Run = run;
        Scenario = test.Scenario;
        Test = test.Test;
        StartsUsers = test.StartsUsers;
        Recorder = options.Recorder[index];
        Context = new ScenarioContext(options, test);
        Drone = options.Drone;
        var seed = options.Plan.Seed ?? 0;
        Seed = SeededRandom.Mix((ulong)seed, SeededRandom.Hash(Scenario.Name));
        Schedule = ScenarioSchedule.Of(Scenario, seed);
        Http = new SocketsTransport(Scenario.Connections);
        ClaimsIterations = options.ClaimsIterations;
        Targets = options.Targets;
        _warmUp = options.Plan.WarmUp;
        (HttpStep, ConcurrentStep) = (Recorder.StepOf(StepNames.Http), Recorder.StepOf(StepNames.Concurrent));
    }

    public RunState Run { get; }

    public Scenario Scenario { get; }

    public ILoadTest Test { get; }

    public bool StartsUsers { get; }

    public TargetRules Targets { get; }

    public ScenarioRecorder Recorder { get; }

    public LoadTestContext Context { get; }

    public DroneInfo Drone { get; }

    public ScenarioSchedule Schedule { get; }

    public HttpTransport Http { get; }

    /// <summary>Whether iterations of iterations stages are started only once they are claimed.</summary>
    public bool ClaimsIterations { get; }

    /// <summary>Of plan seed and scenario.</summary>
    public ulong Seed { get; }

    public int HttpStep { get; }

    public int ConcurrentStep { get; }

    /// <summary>The set that an iteration belongs to whose intended start is at a timestamp.</summary>
    public MeasuredPart PartAt(long intended) => intended < _measuredFrom ? MeasuredPart.WarmUp : MeasuredPart.Measured;

    /// <summary>The load begins: the run's start is known.</summary>
    public void Begin() => _measuredFrom = Run.Clock.TimestampAt(_warmUp);

    /// <summary>Records user time from one run time to another, each part in its set.</summary>
    public void RecordUserTime(long users, TimeSpan from, TimeSpan to)
    {
        if (users <= 0)
        {
            return;
        }

        var border = TimeSpan.FromTicks(Math.Clamp(_warmUp.Ticks, from.Ticks, to.Ticks));
        if (border > from)
        {
            Recorder.UserTime(MeasuredPart.WarmUp, (border - from) * users);
        }

        if (to > border)
        {
            Recorder.UserTime(MeasuredPart.Measured, (to - border) * users);
        }
    }

    public void Dispose() => Http.Dispose();
}
