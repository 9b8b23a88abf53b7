using System.Collections.Immutable;
using System.Threading.Channels;
using Orca.Measurement;
using Orca.Plans;
using Orca.Runs.Workers;

namespace Orca.Tests.Simulation;

/// <summary>
/// A worker whose load is only counted: it starts every arrival of its share when it is due, and has every active user of its share
/// start something at every tick, iterations only that it has claimed; each passes after 1 ms. It obeys the right to load as the real one does.
/// </summary>
internal sealed class SimulatedWorker(SimulatedWorkers swarm) : ITestWorker
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan TooLate = TimeSpan.FromSeconds(1);
    private readonly Channel<EncodedSnapshot> _snapshots = Channel.CreateBounded<EncodedSnapshot>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly TaskCompletionSource<Problem?> _completion = new();
    private readonly CancellationTokenSource _disposed = new();
    private readonly List<(ScenarioSchedule Schedule, ArrivalCursor Cursor, SimulatedIterations Iterations)> _schedules = [];
    private WorkerAssignment? _assignment;
    private Recorder? _recorder;
    private ShareTimeline? _shares;
    private Task _running = Task.CompletedTask;
    private Share? _taken;
    private long _start;
    private long _right;
    private long _sequence;
    private long _started;
    private long _missed;
    private bool _stopped;

    public ChannelReader<EncodedSnapshot> Snapshots => _snapshots.Reader;

    public Task<Problem?> Completion => _completion.Task;

    private RunPlan Plan => _assignment!.Plan;

    private TimeSpan RunTime => swarm.Clock.GetElapsedTime(_start);

    public async Task<Problem?> PrepareAsync(WorkerAssignment assignment, CancellationToken ct)
    {
        _assignment = assignment;
        _recorder = new(assignment.Plan.Precision, [.. assignment.Plan.Scenarios.Select(scenario => scenario.Name)]);
        await swarm.WhilePreparing(assignment.Drone);
        return swarm.RefusesToPrepare(assignment.Drone);
    }

    public async Task<Outcome<SwarmSetUpResult>> SetUpSwarmAsync(DroneInfo place, CancellationToken ct)
    {
        var drone = _assignment!.Drone;
        swarm.SwarmSetUps.Add(drone);
        await swarm.WhileSettingUpSwarm(drone, ct);
        return swarm.FailsToSetUpSwarm(drone) is { } problem
            ? problem
            : new SwarmSetUpResult(true, ImmutableSortedDictionary<string, string>.Empty.Add("open", $"state of {drone}"));
    }

    public async Task<Problem?> SetUpAsync(WorkerPlace place, CancellationToken ct)
    {
        swarm.Places.Add((_assignment!.Drone, place));
        await swarm.WhileSettingUp(_assignment.Drone, ct);
        return swarm.FailsToSetUp(_assignment.Drone);
    }

    public void Start(Share share, long start)
    {
        (_shares, _start) = (new(share), start);
        foreach (var scenario in Plan.Scenarios)
        {
            var schedule = ScenarioSchedule.Of(scenario, Plan.Seed!.Value);
            _schedules.Add((schedule, schedule.Arrivals(), new(scenario.Name, schedule)));
        }

        TakeShare();
        _running = RunAsync(_disposed.Token);
    }

    public void Update(Share share) => _shares!.Apply(share);

    public WorkAhead LookAhead() => new([.. _schedules.SelectMany(schedule => schedule.Iterations.Claims(RunTime))], IsDone);

    public void ExtendRight(long until, IReadOnlyList<IterationClaim> claimed)
    {
        _right = Math.Max(_right, until);
        foreach (var claim in claimed)
        {
            _schedules.ForEach(schedule => schedule.Iterations.Claimed(claim));
        }
    }

    public void Stop()
    {
        _stopped = true;
        swarm.StoppedEarly += RunTime < Plan.Duration ? 1 : 0;
    }

    public Task<Problem?> TearDownSwarmAsync(CancellationToken ct)
    {
        swarm.SwarmTearDowns.Add(_assignment!.Drone);
        swarm.WhileTearingDownSwarm();
        return Task.FromResult<Problem?>(null);
    }

    public async ValueTask DisposeAsync()
    {
        _disposed.Cancel();
        await _running;
        _disposed.Dispose();
    }

    private async Task RunAsync(CancellationToken ct)
    {
        try
        {
            var boundary = Plan.Interval;
            while (!_stopped && (RunTime < Plan.Duration || IsBehind))
            {
                await Task.Delay(Tick, swarm.Clock, ct);
                Advance();
                if (RunTime >= boundary)
                {
                    Cut(boundary, final: false);
                    boundary += Plan.Interval;
                }
            }

            await swarm.WhileTearingDown(_assignment!.Drone);
            Cut(RunTime, final: true);
            _snapshots.Writer.Complete();
            _completion.SetResult(swarm.FailsToTearDown(_assignment.Drone));
        }
        catch (OperationCanceledException)
        {
            _snapshots.Writer.TryComplete();
            _completion.TrySetResult(new("disposed"));
        }
    }

    private bool IsDone =>
        ReferenceEquals(_taken, _shares!.Current) && !IsBehind
        && _schedules.TrueForAll(schedule => RunTime >= schedule.Schedule.TimedEnd && schedule.Iterations.IsDone(RunTime));

    private void Advance()
    {
        TakeShare();
        for (var i = 0; i < _schedules.Count; i++)
        {
            StartArrivals(i, _schedules[i].Cursor);
            StartUsers(i, _schedules[i].Schedule);
            StartIterations(i, _schedules[i].Iterations);
        }
    }

    private void TakeShare()
    {
        var now = RunTime;
        var share = _shares!.At(now > TimeSpan.Zero ? now : TimeSpan.Zero);
        if (!ReferenceEquals(share, _taken))
        {
            _taken = share;
            _schedules.ForEach(schedule => schedule.Iterations.Take(share));
        }
    }

    private void StartArrivals(int scenario, ArrivalCursor cursor)
    {
        while (cursor.TryPeek(out var arrival) && arrival.Due <= RunTime)
        {
            if (_shares!.Owns(arrival.Number, arrival.Due))
            {
                if (!HasRight)
                {
                    return;
                }

                if (RunTime - arrival.Due > TooLate)
                {
                    _missed++;
                    _recorder![scenario].Missed(MeasuredPart.Measured);
                }
                else
                {
                    Note(scenario, StartKind.Arrival, arrival.Number, arrival.Due);
                }
            }

            cursor.Advance();
        }
    }

    private void StartUsers(int scenario, ScenarioSchedule schedule)
    {
        var now = RunTime;
        for (var user = 0; HasRight && user < schedule.UsersAt(now); user++)
        {
            if (_shares!.Owns(user, now))
            {
                Note(scenario, StartKind.User, user, now);
            }
        }
    }

    private void StartIterations(int scenario, SimulatedIterations iterations)
    {
        if (HasRight)
        {
            foreach (var number in iterations.Start(RunTime))
            {
                Note(scenario, StartKind.Iteration, number, RunTime);
            }
        }
    }

    // As the real one does, it waits for the right to say what became of arrivals that came due without it.
    private bool IsBehind => _schedules.Exists(schedule => schedule.Cursor.TryPeek(out _));

    private bool HasRight => swarm.Clock.GetTimestamp() <= _right;

    private void Note(int scenario, StartKind kind, long number, TimeSpan due)
    {
        _started++;
        swarm.Starts.Add(new(_assignment!.Drone, _assignment.Incarnation, Plan.Scenarios[scenario].Name, kind, number, due, RunTime));
        _recorder![scenario].Started(MeasuredPart.Measured);
        _recorder![scenario].Iteration(MeasuredPart.Measured, 1_000_000, 1_000_000);
    }

    private void Cut(TimeSpan runTime, bool final)
    {
        swarm.CutsOf(_assignment!.Drone, _assignment.Incarnation).Add((_started, _missed));
        var header = new SnapshotHeader(_assignment.Drone, _assignment.Incarnation, _shares!.Current.Epoch, ++_sequence, runTime, final);
        var health = new DroneHealth { SchedulingDelay = new Histogram(Plan.Precision), Processors = 1 };
        _snapshots.Writer.TryWrite(new(_sequence, runTime, final, SnapshotCodec.Encode(_recorder!.Cut(header, health))));
    }
}
