namespace Orca.Execution;

/// <summary>A thread of its own that sleeps precisely until something is due, at least 100 µs at a time, so that what is due close together is done at once.</summary>
internal sealed class ThreadDispatcher : Dispatcher
{
    private readonly RunClock _clock;
    private readonly Func<long, long> _advance;
    private readonly Action<Exception> _failed;
    private readonly AutoResetEvent _poke = new(initialState: false);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private readonly long _heartbeat;
    private readonly long _millisecond;
    private long _wakeAt = long.MaxValue;
    private bool _isStarted;
    private volatile bool _isStopping;

    public ThreadDispatcher(RunClock clock, Func<long, long> advance, Action<Exception> failed)
    {
        _clock = clock;
        _advance = advance;
        _failed = failed;
        _heartbeat = clock.Units(TimeSpan.FromMicroseconds(100));
        _millisecond = clock.Units(TimeSpan.FromMilliseconds(1));
        _thread = new Thread(Loop) { IsBackground = true, Name = "Orca dispatcher" };
    }

    public override void Start()
    {
        _isStarted = true;
        _thread.Start();
    }

    public override void WakeBy(long timestamp)
    {
        var wakeAt = Volatile.Read(ref _wakeAt);
        while (timestamp < wakeAt)
        {
            var found = Interlocked.CompareExchange(ref _wakeAt, timestamp, wakeAt);
            if (found == wakeAt)
            {
                _poke.Set();
                return;
            }

            wakeAt = found;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        _isStopping = true;
        if (_isStarted)
        {
            WakeBy(long.MinValue);
            await _ended.Task;
        }

        // The event is left to its finalizer: an iteration that was abandoned may still ask for a wake-up.
    }

    private void Loop()
    {
        try
        {
            PreciseSleep.PrepareThread();
            for (var due = _clock.Now; !_isStopping;)
            {
                // Whoever asks from here on finds nothing earlier, so leaves a poke that ends the sleep below at once.
                Interlocked.Exchange(ref _wakeAt, long.MaxValue);
                var began = _clock.Now;

                // Called late it has to wait for its processor: those that run users there get as long again, and more is done at once.
                var rest = Math.Clamp(began - due, _heartbeat, _millisecond);
                due = Math.Max(_advance(began), began + rest);
                SleepUntil(due);
            }
        }
        catch (Exception e)
        {
            _failed(e);
        }
        finally
        {
            _ended.SetResult();
        }
    }

    private void SleepUntil(long due)
    {
        // An earlier wake-up asked for meanwhile stays.
        var asked = Volatile.Read(ref _wakeAt);
        while (due < asked)
        {
            var found = Interlocked.CompareExchange(ref _wakeAt, due, asked);
            if (found == asked)
            {
                break;
            }

            asked = found;
        }

        var left = due - _clock.Now;
        if (left > 2 * _millisecond)
        {
            // The event can be poked but is coarse, so it ends ahead of time and the rest is slept precisely.
            _poke.WaitOne((int)Math.Min((left / _millisecond) - 1, 1000));
        }
        else if (left > 0)
        {
            PreciseSleep.Until(due, _clock);
        }
    }
}
