namespace Orca.Execution;

/// <summary>What all users of a run share: clock, right to load, queue, wheel and how far the run has come.</summary>
internal sealed class RunState
{
    private readonly Action<long> _wakeBy;
    private volatile bool _isStopped;
    private volatile bool _isDraining;
    private volatile bool _isClosed;
    private volatile bool _leavesIoThreads;
    private long _busy;

    /// <param name="clock">The engine's clock.</param>
    /// <param name="cut">Cancelled when the grace has passed: the one token of all iterations.</param>
    /// <param name="wakeBy">Asks the dispatcher for a call.</param>
    public RunState(RunClock clock, CancellationToken cut, Action<long> wakeBy)
    {
        Clock = clock;
        Cut = cut;
        _wakeBy = wakeBy;
        TurnLength = clock.Units(TimeSpan.FromMicroseconds(100));
        Queue = ReferenceEquals(clock.Time, TimeProvider.System)
            ? new PoolRunQueue(clock)
            : new DrivenRunQueue(clock, () => wakeBy(long.MinValue));
        Wheel = new ThinkWheel(clock, Queue, wakeBy);
    }

    public RunClock Clock { get; }

    public CancellationToken Cut { get; }

    public RightToLoad Right { get; } = new();

    public RunQueue Queue { get; }

    public ThinkWheel Wheel { get; }

    /// <summary>How long a user may go on iterating before others have their turn.</summary>
    public long TurnLength { get; }

    /// <summary>Nothing new is started.</summary>
    public bool IsStopped => _isStopped;

    /// <summary>The measurements are final: nothing is recorded any more.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>Users that are queued, iterate or start.</summary>
    public long Busy => Interlocked.Read(ref _busy);

    /// <summary>Whether the caller is on a thread on which answers come in, and the test is no longer trusted with it.</summary>
    public bool MustLeaveThread => _leavesIoThreads && !Thread.CurrentThread.IsThreadPoolThread;

    /// <summary>A test blocks where it must not: from here on it goes on elsewhere.</summary>
    public void LeaveIoThreads() => _leavesIoThreads = true;

    public void Stop() => _isStopped = true;

    public void Drain() => _isDraining = true;

    public void Close() => _isClosed = true;

    public void UserBusy() => Interlocked.Increment(ref _busy);

    public void UserIdle()
    {
        if (Interlocked.Decrement(ref _busy) == 0 && _isDraining)
        {
            WakeNow();
        }
    }

    public void WakeNow() => _wakeBy(long.MinValue);

    public void WakeBy(long timestamp) => _wakeBy(timestamp);
}
