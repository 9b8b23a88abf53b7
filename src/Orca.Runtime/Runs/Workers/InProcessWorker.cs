using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Orca.Execution;
using Orca.Isolation;
using Orca.Measurement;
using Orca.Packages;
using Orca.Plans;

namespace Orca.Runs.Workers;

/// <summary>Runs a test package inside the drone's own process, in a load context of its own.</summary>
internal sealed class InProcessWorker(InProcessWorkerOptions options) : ITestWorker
{
    private readonly Channel<EncodedSnapshot> _snapshots = Channel.CreateBounded<EncodedSnapshot>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    private static readonly TimeSpan CompileAtMost = TimeSpan.FromMilliseconds(300);

    private readonly List<ConstructedTest> _tests = [];
    private WorkerAssignment? _assignment;
    private LoadedTestPackage? _package;
    private PackageLease? _lease;
    private Recorder? _recorder;
    private LoadEngineOptions? _engineOptions;
    private LoadEngine? _engine;
    private DroneHealthProbe? _health;
    private Task<Problem?>? _completion;
    private TimeSpan _interval;
    private long _start;
    private int _epoch;
    private long _sequence;
    private volatile bool _isGivenUp;

    public ChannelReader<EncodedSnapshot> Snapshots => _snapshots.Reader;

    public Task<Problem?> Completion => _completion ?? throw new InvalidOperationException("The worker was not started.");

    public async Task<Problem?> PrepareAsync(WorkerAssignment assignment, CancellationToken ct)
    {
        _assignment = assignment;
        var plan = assignment.Plan;
        var rehearsal = BeginRehearsal();
        var installer = new PackageInstaller(options.Packages, options.Loggers.CreateLogger<PackageInstaller>(), options.Clock);
        if (!(options.OwnsProcess ? installer.Find(assignment.Lock) : await installer.InstallAsync(assignment.Lock, ct)).TryGet(out var installed, out var problems)
            || !LoadedTestPackage.Load(installed, isCollectible: !options.OwnsProcess).TryGet(out _package, out problems))
        {
            return problems[0];
        }

        _lease = options.OwnsProcess ? null : installer.Hold(assignment.Lock);
        foreach (var scenario in plan.Scenarios)
        {
            if (!_package.Construct(scenario, plan, options.Secrets, options.Clock, options.Loggers).TryGet(out var test, out problems))
            {
                return problems[0];
            }

            _tests.Add(test);
        }

        _recorder = new(plan.Precision, [.. plan.Scenarios.Select(scenario => scenario.Name)]);
        CompileTests();
        await rehearsal.WaitAsync(ct);
        return null;
    }

    public async Task<Outcome<SwarmSetUpResult>> SetUpSwarmAsync(DroneInfo place, CancellationToken ct)
    {
        var any = false;
        var state = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, setup, context) in SwarmSetups(place, ImmutableSortedDictionary<string, string>.Empty))
        {
            any = true;
            try
            {
                if (await setup.SetUpSwarmAsync(context, ct) is { } text)
                {
                    state.Add(name, text);
                }
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                return new Problem($"The swarm's set-up of scenario '{name}' threw {e.GetType().FullName}: {e.Message}");
            }
        }

        return new SwarmSetUpResult(any, state.ToImmutable());
    }

    public async Task<Problem?> TearDownSwarmAsync(CancellationToken ct)
    {
        foreach (var (name, setup, context) in SwarmSetups(_engineOptions!.Drone, _engineOptions.SwarmState))
        {
            try
            {
                await setup.TearDownSwarmAsync(context, ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                return new Problem($"The swarm's tear-down of scenario '{name}' threw {e.GetType().FullName}: {e.Message}");
            }
        }

        return null;
    }

    public async Task<Problem?> SetUpAsync(WorkerPlace place, CancellationToken ct)
    {
        // Many drones report less often, so that the leader keeps up: 100 snapshots a second at most.
        _interval = TimeSpan.FromSeconds(Math.Max(_assignment!.Plan.Interval.TotalSeconds, place.Drone.Count / 100.0));
        _engineOptions = EngineOptions(place.Drone, place.SwarmState);
        _engine = new LoadEngine(_engineOptions);
        return await _engine.SetUpAsync(place.Provisional, ct);
    }

    public void Start(Share share, long start)
    {
        (_start, _epoch) = (start, share.Epoch);
        _health = new(_assignment!.Plan.Precision, options.Clock);
        _health.Start();
        _engine!.Start(share, start);
        _completion = RunAsync();
    }

    public void Update(Share share)
    {
        _epoch = share.Epoch;
        _engine!.Update(share);
    }

    public WorkAhead LookAhead() => new(_engine!.ClaimsWanted(), _engine.IsDone);

    public void ExtendRight(long until, IReadOnlyList<IterationClaim> claimed)
    {
        _engine!.Claimed(claimed);
        _engine.ExtendRight(until);
    }

    public void Stop() => _engine!.Stop();

    public async ValueTask DisposeAsync()
    {
        _isGivenUp = true;
        if (_engine is not null)
        {
            await _engine.DisposeAsync();
        }

        if (_health is not null)
        {
            await _health.DisposeAsync();
        }

        // Nothing here may hold on to the package: whether it unloads is found out now.
        _tests.Clear();
        (_engine, _engineOptions) = (null, null);
        if (_package is not null && await _package.UnloadAsync(options.Clock, CancellationToken.None) is { } leak)
        {
            WorkerLog.Leaked(options.Loggers.CreateLogger<InProcessWorker>(), leak);
        }

        _lease?.Dispose();

        _snapshots.Writer.TryComplete();
    }

    private Task BeginRehearsal() =>
        options.Rehearses ? Rehearsal.OnceAsync(options.Loggers.CreateLogger<LoadEngine>()) : Task.CompletedTask;

    private void CompileTests()
    {
        foreach (var test in _tests.Select(test => test.Test.GetType()).DistinctBy(type => type.Assembly))
        {
            CompiledTest.Prepare(test, CompileAtMost, options.Clock);
        }
    }

    private LoadEngineOptions EngineOptions(DroneInfo place, IReadOnlyDictionary<string, string> swarmState) => new()
    {
        RunId = _assignment!.RunId,
        Plan = _assignment.Plan,
        Tests = [.. _tests.Zip(_assignment.Plan.Scenarios, (test, scenario) => new ScenarioTest(scenario, test.Test, test.Parameters, test.Logger))],
        Drone = place,
        SwarmState = swarmState,
        ClaimsIterations = true,
        Recorder = _recorder!,
        Targets = _assignment.Targets,
        Clock = options.Clock,
        Logger = new RunLogger(options.Loggers.CreateLogger<LoadEngine>(), _assignment.RunId, _assignment.Drone),
    };

    private IEnumerable<(string Scenario, ISwarmSetup SetUp, LoadTestContext Context)> SwarmSetups(DroneInfo place, IReadOnlyDictionary<string, string> swarmState)
    {
        var engineOptions = EngineOptions(place, swarmState);
        return engineOptions.Tests
            .Where(test => test.Test is ISwarmSetup)
            .Select(test => (test.Scenario.Name, (ISwarmSetup)test.Test, (LoadTestContext)new ScenarioContext(engineOptions, test)));
    }

    private async Task<Problem?> RunAsync()
    {
        try
        {
            await CutIntervalsAsync(_engine!.Completion);
            if (_isGivenUp)
            {
                // Its drone has ended before its load: nobody waits for what it has still measured.
                return null;
            }

            using var grace = new CancellationTokenSource(_assignment!.Plan.Grace, options.Clock);
            var problem = await _engine.TearDownAsync(grace.Token);
            Cut(options.Clock.GetElapsedTime(_start), final: true);
            return problem;
        }
        catch (Exception e)
        {
            WorkerLog.EngineFailed(options.Loggers.CreateLogger<InProcessWorker>(), _assignment!.RunId, e);
            return new Problem($"The load engine failed with {e.GetType().FullName}: {e.Message}") { Advice = "The drone's log has the stack trace; please report it." };
        }
        finally
        {
            _snapshots.Writer.TryComplete();
        }
    }

    // All drones cut at the same boundaries of run time, so that their intervals can be added up.
    private async Task CutIntervalsAsync(Task drained)
    {
        for (var boundary = _interval; ; boundary += _interval)
        {
            var wait = boundary - options.Clock.GetElapsedTime(_start);
            if (wait > TimeSpan.Zero)
            {
                using var ended = new CancellationTokenSource();
                if (await Task.WhenAny(drained, Task.Delay(wait, options.Clock, ended.Token)) == drained)
                {
                    ended.Cancel();
                    await drained;
                    return;
                }
            }

            Cut(boundary, final: false);
        }
    }

    private void Cut(TimeSpan runTime, bool final)
    {
        var header = new SnapshotHeader(_assignment!.Drone, _assignment.Incarnation, _epoch, ++_sequence, runTime, final);
        var snapshot = _recorder!.Cut(header, _health!.Sample());
        _snapshots.Writer.TryWrite(new(header.Sequence, runTime, final, SnapshotCodec.Encode(snapshot)));
    }
}
