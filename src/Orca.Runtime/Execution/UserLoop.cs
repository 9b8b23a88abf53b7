using System.Diagnostics.CodeAnalysis;
using Orca.Measurement;

namespace Orca.Execution;

/// <summary>The iteration loop of one user: no state machine, no allocation; suspended only while the test's own code is.</summary>
internal abstract class UserLoop(ScenarioLoad load, long id) : VirtualUser, IThreadPoolWorkItem
{
    private const int IterationsInTurn = 4;

    private ValueTask _pending;
    private Action? _resume;
    private UserStep? _starting;
    private string? _failKind;
    private string? _failMessage;
    private long _iteration = -1;
    private long _began;
    private int _phase;
    private bool _pendingIsStart;

    public ScenarioLoad Load { get; } = load;

    public sealed override long Id { get; } = id;

    public sealed override long Iteration => Math.Max(0, _iteration);

    public sealed override LoadTestContext Context => Load.Context;

    public sealed override object? State { get; set; }

    /// <summary>The iteration's place for circular feeds; before its first a user has that of its number.</summary>
    protected sealed override long Place => _iteration < 0 ? Id : PlaceOfIteration;

    /// <summary>The number of the iteration, or −1 before the first.</summary>
    public long IterationNumber => _iteration;

    /// <summary>The set that the iteration's measurements go to.</summary>
    public MeasuredPart Part { get; private set; } = MeasuredPart.WarmUp;

    /// <summary>The timestamp at which the iteration began.</summary>
    public long Began => _began;

    public bool IsStarted { get; set; }

    /// <summary>The seed of the iteration that the user is in.</summary>
    public virtual ulong SeedOfIteration => SeededRandom.Mix(Load.Seed, (ulong)_iteration);

    /// <summary>The place, among all of the scenario, of the iteration that the user is in, the same in every run.</summary>
    protected virtual long PlaceOfIteration => _iteration;

    /// <summary>Whether the user goes on with the next iteration of its own accord, and so must give way now and then.</summary>
    protected abstract bool GoesOn { get; }

    /// <summary>The timestamp at which the iteration was to begin.</summary>
    protected abstract long Intended { get; }

    /// <summary>Queues an idle user; false where it is at work already.</summary>
    public bool TryQueue()
    {
        if (Interlocked.CompareExchange(ref _phase, (int)UserPhase.Queued, (int)UserPhase.Idle) != (int)UserPhase.Idle)
        {
            return false;
        }

        Load.Run.UserBusy();
        Load.Run.Queue.Add(this);
        return true;
    }

    /// <summary>Makes a user at work idle; the caller must not touch it afterwards but through <see cref="TryQueue"/>.</summary>
    public void Park()
    {
        Interlocked.CompareExchange(ref _phase, (int)UserPhase.Idle, (int)UserPhase.Between);
        Load.Run.UserIdle();
    }

    /// <summary>The user starts at a timestamp, outside any iteration.</summary>
    public void BeginStart(long now) => (_began, Part) = (now, Load.PartAt(now));

    /// <summary>Begins an iteration at a timestamp.</summary>
    public void Begin(long number, long now, MeasuredPart part)
    {
        (_iteration, _began, Part) = (number, now, part);
        if (_failKind is not null)
        {
            (_failKind, _failMessage) = (null, null);
        }

        Load.Recorder.Started(part);
        Volatile.Write(ref _phase, (int)UserPhase.Iterating);
    }

    /// <summary>Gives the user up: what it still does is not measured. Called once, at the end of the run.</summary>
    /// <returns>Whether it was in an iteration, which is now counted as interrupted.</returns>
    public bool Abandon()
    {
        switch ((UserPhase)Interlocked.Exchange(ref _phase, (int)UserPhase.Abandoned))
        {
            case UserPhase.Iterating:
                Load.Recorder.Interrupted(Part);
                return true;
            case UserPhase.Queued:
                AbandonedInQueue();
                return false;
            default:
                return false;
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        if (Interlocked.CompareExchange(ref _phase, (int)UserPhase.Between, (int)UserPhase.Queued) == (int)UserPhase.Queued)
        {
            Turn(Load.Run.Clock.Now);
        }
    }

    public sealed override void Fail(string kind, string? message = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(kind);
        if (Interlocked.CompareExchange(ref _failKind, kind, null) is null)
        {
            _failMessage = message;
        }
    }

    /// <summary>Called by a think that the loop relied on, when it has ended and the code that awaited it has gone on.</summary>
    public void ThinkEnded()
    {
        if (_pending.IsCompleted)
        {
            Resume();
        }
        else
        {
            Await(_pending, _pendingIsStart);
        }
    }

    /// <summary>Adds what the user thought since a timestamp to the time that counts in no step.</summary>
    public abstract void Thought(long since);

    /// <summary>Begins a step that times the user's start; none where the test does nothing then.</summary>
    protected abstract UserStep? BeginStartStep();

    /// <summary>Called when that step has ended.</summary>
    protected abstract void StartStepEnded();

    /// <summary>Called when an iteration has ended, before the next begins.</summary>
    protected abstract void IterationEnded();

    /// <summary>Decides what the user does at a timestamp. Has begun the iteration where it says so; has parked the user where it says that.</summary>
    protected abstract UserTurn Next(long now);

    /// <summary>The user could not be started; it is no longer busy.</summary>
    protected abstract void StartFailed(long now);

    /// <summary>The user was abandoned before it had its turn.</summary>
    protected virtual void AbandonedInQueue()
    {
    }

    /// <summary>Makes the user's last think call <see cref="ThinkEnded"/> where the task cannot complete but by its end; else false.</summary>
    protected abstract bool TryRelyOnThink(ValueTask task);

    private void Turn(long now)
    {
        var turnEnds = now + Load.Run.TurnLength;
        for (var left = IterationsInTurn; ; left--)
        {
            if ((left == 0 || (left < IterationsInTurn && now >= turnEnds)) && GoesOn)
            {
                Interlocked.CompareExchange(ref _phase, (int)UserPhase.Queued, (int)UserPhase.Between);
                Load.Run.Queue.GiveWay(this);
                return;
            }

            switch (Next(now))
            {
                case UserTurn.Start:
                    if (!Start(ref now))
                    {
                        return;
                    }

                    break;
                case UserTurn.Iterate:
                    if (!Iterate(ref now))
                    {
                        return;
                    }

                    break;
                default:
                    return;
            }
        }
    }

    /// <summary>Runs an iteration; false where it is still running, or the loop is over.</summary>
    [SuppressMessage("Usage", "VSTHRD002", Justification = "The task has completed.")]
    private bool Iterate(ref long now)
    {
        Exception? failure = null;
        try
        {
            var running = Load.Test.RunAsync(this, Load.Run.Cut);
            if (!running.IsCompleted)
            {
                Await(running, isStart: false);
                return false;
            }

            running.GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            failure = e;
        }

        now = Load.Run.Clock.Now;
        return End(failure, now);
    }

    /// <summary>Starts the user, inside the arrival that it was made for where there is one; false as in <see cref="Iterate"/>.</summary>
    [SuppressMessage("Usage", "VSTHRD002", Justification = "The task has completed.")]
    private bool Start(ref long now)
    {
        Exception? failure = null;
        _starting = BeginStartStep();
        try
        {
            var starting = Load.Test.StartUserAsync(this, Load.Run.Cut);
            if (!starting.IsCompleted)
            {
                Await(starting, isStart: true);
                return false;
            }

            starting.GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            failure = e;
        }

        now = Load.Run.Clock.Now;
        return Started(failure, ref now);
    }

    private void Await(ValueTask task, bool isStart)
    {
        _pendingIsStart = isStart;
        _pending = task;
        if (!TryRelyOnThink(task))
        {
            task.GetAwaiter().UnsafeOnCompleted(_resume ??= Resume);
        }
    }

    [SuppressMessage("Usage", "VSTHRD002", Justification = "Called when the task has completed.")]
    private void Resume()
    {
        var pending = _pending;
        _pending = default;
        Exception? failure = null;
        try
        {
            pending.GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            failure = e;
        }

        var now = Load.Run.Clock.Now;
        if (_pendingIsStart ? Started(failure, ref now) : End(failure, now))
        {
            Turn(now);
        }
    }

    private bool Started(Exception? failure, ref long now)
    {
        _starting?.End(failure);
        _starting = null;
        StartStepEnded();
        var isInIteration = Volatile.Read(ref _phase) == (int)UserPhase.Iterating;
        if (failure is null)
        {
            IsStarted = true;
            Load.Recorder.UsersStarted();
            return !isInIteration || Iterate(ref now);
        }

        if (!isInIteration || End(failure, now))
        {
            StartFailed(now);
        }

        return false;
    }

    /// <summary>Counts the iteration; false where it was abandoned meanwhile, and the user with it.</summary>
    private bool End(Exception? failure, long now)
    {
        IterationEnded();
        if (Interlocked.CompareExchange(ref _phase, (int)UserPhase.Between, (int)UserPhase.Iterating) != (int)UserPhase.Iterating)
        {
            return false;
        }

        if (failure is null && _failKind is null)
        {
            var service = Load.Run.Clock.Nanoseconds(now - _began);
            var intended = Intended;
            var response = intended == _began ? service : Load.Run.Clock.Nanoseconds(now - intended);
            Load.Recorder.Iteration(Part, response, service);
        }
        else
        {
            Failed(failure, now);
        }

        return true;
    }

    private void Failed(Exception? failure, long now)
    {
        if (failure is not null && Load.Run.Cut.IsCancellationRequested)
        {
            Load.Recorder.Interrupted(Part);
            return;
        }

        var (kind, message) = _failKind is { } failKind ? (failKind, _failMessage) : (ErrorKind.Of(failure!), failure!.Message);
        var clock = Load.Run.Clock;
        Load.Recorder.Iteration(Part, clock.Nanoseconds(now - Intended), clock.Nanoseconds(now - _began), kind, message);
    }
}
