using System.Collections.Concurrent;
using System.Collections.Immutable;
using Orca.Plans;

namespace Orca.Execution;

/// <summary>Turns run time into iterations on one drone: schedulers, virtual users and the iteration loop of all scenarios.</summary>
internal sealed class LoadEngine : IAsyncDisposable
{
    private readonly LoadEngineOptions _options;
    private readonly RunClock _clock;
    private readonly CancellationTokenSource _cut = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<Share> _updates = new();
    private readonly Dispatcher _dispatcher;
    private readonly RunState _run;
    private readonly LoadDrain _drain;
    private readonly ImmutableArray<ScenarioEngine> _scenarios;
    private ShareTimeline? _timeline;
    private Task _cutting = Task.CompletedTask;
    private IoThreadWatch? _ioWatch;
    private int _newestEpoch;
    private long _startAt = long.MaxValue;
    private long _endsAt = long.MaxValue;
    private bool _dispatches;
    private volatile bool _isStopAsked;

    public LoadEngine(LoadEngineOptions options)
    {
        _options = options;
        _clock = new RunClock(options.Clock);
        _dispatcher = Dispatcher.For(_clock, Advance, Failed);
        _run = new RunState(_clock, _cut.Token, _dispatcher.WakeBy);
        _drain = new LoadDrain(_run, options.Plan.Grace, Cut, Abandon, options.Logger);
        _scenarios = [.. options.Tests.Select((_, index) => new ScenarioEngine(new ScenarioLoad(options, index, _run), options.Logger))];
    }

    /// <summary>Ends when the last stage is over (or <see cref="Stop"/> was called) and every iteration has ended or was interrupted.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Run time now, negative before the start; from any thread, once <see cref="Start"/> was called.</summary>
    public TimeSpan RunTime => _clock.At(_clock.Now);

    /// <summary>Calls each test's set-up and starts the users that a share needs at time zero; a problem takes the drone out of the run.</summary>
    public async Task<Problem?> SetUpAsync(Share provisional, CancellationToken ct)
    {
        // From here on, for users think while they start.
        BeginDispatching();
        foreach (var scenario in _scenarios)
        {
            if (await scenario.SetUpAsync(provisional, ct) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    /// <summary>Sets the load going: run time 0 is at <paramref name="start"/>, a timestamp of the engine's clock, usually ahead.</summary>
    /// <remarks>Starts no work before the right to load was first extended.</remarks>
    public void Start(Share share, long start)
    {
        if (_timeline is not null)
        {
            throw new InvalidOperationException("The load was set going already.");
        }

        _timeline = new ShareTimeline(share);
        _clock.StartAt(start);
        _endsAt = _clock.TimestampAt(_options.Plan.Duration);
        foreach (var scenario in _scenarios)
        {
            scenario.Begin(_timeline);
        }

        if (PerformanceProfile.RunsInline && ReferenceEquals(_options.Clock, TimeProvider.System))
        {
            _ioWatch = new IoThreadWatch(_run.LeaveIoThreads, _options.Clock, _options.Logger);
        }

        ExecutionLog.LoadBegins(_options.Logger, _clock.Duration(start - _clock.Now), share.Slots.Count, share.Slots.Total);
        Volatile.Write(ref _startAt, start);
        BeginDispatching();
        _run.WakeNow();
    }

    /// <summary>Takes a share of a higher epoch, which holds from its run time on.</summary>
    public void Update(Share share)
    {
        _newestEpoch = Math.Max(_newestEpoch, share.Epoch);
        _updates.Enqueue(share);
        _run.WakeNow();
    }

    /// <summary>
    /// Whether nothing is left to start or to finish under the newest share: its iterations are done, and no other load is to come.
    /// Called by whoever calls <see cref="Update"/>, once <see cref="Start"/> was called.
    /// </summary>
    public bool IsDone
    {
        get
        {
            // In this order: a user is busy from before it is given an iteration until after that has ended.
            var at = RunTime;
            return _scenarios.All(scenario => scenario.HasGivenAll(at, _newestEpoch)) && _run.Busy == 0;
        }
    }

    /// <summary>How far this drone is to have claimed its iterations by now: about a second's work ahead, one for each user at least. Once <see cref="Start"/> was called.</summary>
    /// <remarks>
    /// No claim ever recedes, so each list replaces the one before. Called by the heartbeat's loop alone, before each heartbeat and from
    /// before run time zero on, so that the first iterations are claimed in time. Empty where the plan has no iterations stage near.
    /// </remarks>
    public IReadOnlyList<IterationClaim> ClaimsWanted()
    {
        List<IterationClaim> claims = [];
        var now = _clock.Now;
        foreach (var scenario in _scenarios)
        {
            scenario.AddClaimsWanted(claims, now);
        }

        return claims;
    }

    /// <summary>Allows the iterations to be started that a heartbeat claimed which was acknowledged. Called by the heartbeat's loop alone.</summary>
    public void Claimed(IReadOnlyList<IterationClaim> claims)
    {
        var now = _clock.Now;
        foreach (var claim in claims)
        {
            foreach (var scenario in _scenarios)
            {
                scenario.Claimed(claim, now);
            }
        }

        _run.WakeNow();
    }

    /// <summary>Allows work to be started until a timestamp of the engine's clock; an earlier one than before changes nothing.</summary>
    public void ExtendRight(long until)
    {
        if (_run.Right.Extend(until))
        {
            _run.WakeNow();
        }
    }

    /// <summary>Ends the load now: nothing new is started, what runs gets the plan's grace.</summary>
    public void Stop()
    {
        _isStopAsked = true;
        BeginDispatching();
        _run.WakeNow();
    }

    /// <summary>Stops the users and tears the tests down; a problem is reported, the measurements stay.</summary>
    public async Task<Problem?> TearDownAsync(CancellationToken ct)
    {
        Problem? first = null;
        foreach (var scenario in _scenarios)
        {
            var problem = await scenario.TearDownAsync(ct);
            first ??= problem;
        }

        return first;
    }

    public async ValueTask DisposeAsync()
    {
        _run.Stop();
        await _dispatcher.DisposeAsync();
        await _cutting;
        if (_ioWatch is not null)
        {
            await _ioWatch.DisposeAsync();
        }

        await CancelAsync();
        _run.Wheel.Cancel();
        _run.Close();
        _completion.TrySetResult();
        foreach (var scenario in _scenarios)
        {
            await scenario.DisposeAsync();
        }

        _cut.Dispose();
    }

    // Called by the dispatcher alone.
    private long Advance(long now)
    {
        var next = long.MaxValue;
        if (Volatile.Read(ref _startAt) != long.MaxValue && !_drain.IsOver)
        {
            next = AdvanceLoad(now);
        }
        else if (_isStopAsked && !_drain.IsOver)
        {
            _run.Stop();
            _drain.Begin(now);
            _drain.Advance(now, schedulersAreOver: true);
        }

        next = Math.Min(next, _run.Wheel.Turn(now));
        _run.Queue.Flush();
        next = Math.Min(next, _run.Queue.Tend(now));
        if (_drain.IsOver)
        {
            _completion.TrySetResult();
        }

        return next;
    }

    private long AdvanceLoad(long now)
    {
        TakeUpdates(now);
        var next = _endsAt;
        var areOver = true;
        foreach (var scenario in _scenarios)
        {
            next = Math.Min(next, scenario.Advance(now));
            areOver &= scenario.IsOver;
        }

        if (_isStopAsked && !_run.IsStopped)
        {
            _run.Stop();
            foreach (var scenario in _scenarios)
            {
                scenario.Stop(now);
            }

            areOver = true;
            _drain.Begin(now);
        }
        else if (now >= _endsAt)
        {
            next = next == _endsAt ? long.MaxValue : next;
            _drain.Begin(_endsAt);
        }

        return Math.Min(next, _drain.Advance(now, areOver));
    }

    private void TakeUpdates(long now)
    {
        while (_updates.TryDequeue(out var share))
        {
            if (share.Epoch <= _timeline!.Current.Epoch)
            {
                continue;
            }

            foreach (var scenario in _scenarios)
            {
                scenario.ShareCame(share, _timeline, now);
            }

            _timeline.Apply(share);
            ExecutionLog.ShareApplied(_options.Logger, share.Epoch, share.From, share.Slots.Count, share.Slots.Total);
        }
    }

    private void BeginDispatching()
    {
        lock (_cut)
        {
            if (_dispatches)
            {
                return;
            }

            _dispatches = true;
        }

        _dispatcher.Start();
    }

    private void Cut()
    {
        _cutting = CancelAsync();
        _run.Wheel.Cancel();
    }

    // Cancelling runs the tests' own callbacks, for which the dispatcher's thread has no time; under a driven clock all stays on one thread.
    private Task CancelAsync()
    {
        if (ReferenceEquals(_options.Clock, TimeProvider.System))
        {
            return _cut.CancelAsync();
        }

        _cut.Cancel();
        return Task.CompletedTask;
    }

    private int Abandon() => _scenarios.Sum(scenario => scenario.Abandon());

    private void Failed(Exception exception)
    {
        ExecutionLog.DispatcherFailed(_options.Logger, exception);
        _run.Stop();
        _run.Close();
        _completion.TrySetException(exception);
    }
}
