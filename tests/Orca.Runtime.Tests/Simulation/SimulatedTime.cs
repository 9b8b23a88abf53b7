namespace Orca.Tests.Simulation;

/// <summary>A clock that jumps from timer to timer. One thread.</summary>
internal sealed class SimulatedTime : TimeProvider
{
    private static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly PriorityQueue<(SimulatedTimer Timer, int Version), (long Due, long Order)> _timers = new();
    private readonly Lock _lock = new();
    private long _now;
    private long _order;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public TimeSpan Now => TimeSpan.FromTicks(_now);

    public override DateTimeOffset GetUtcNow() => Epoch.AddTicks(_now);

    public override long GetTimestamp() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Does something after a time.</summary>
    public void After(TimeSpan time, Action action) => CreateTimer(static state => ((Action)state!)(), action, time, Timeout.InfiniteTimeSpan);

    /// <summary>Goes on to the next timer and fires it; where none is due until then, goes on to that time and answers false.</summary>
    public bool FireNext(TimeSpan until)
    {
        SimulatedTimer? timer = null;
        lock (_lock)
        {
            while (_timers.TryPeek(out var next, out var at) && at.Due <= until.Ticks)
            {
                _timers.Dequeue();
                if (next.Timer.Version == next.Version)
                {
                    _now = Math.Max(_now, at.Due);
                    timer = next.Timer;
                    break;
                }
            }

            if (timer is null)
            {
                _now = Math.Max(_now, until.Ticks);
                return false;
            }
        }

        timer.Fire();
        return true;
    }

    private void Schedule(SimulatedTimer timer, TimeSpan dueTime)
    {
        lock (_lock)
        {
            _timers.Enqueue((timer, timer.Version), (_now + Math.Max(0, dueTime.Ticks), ++_order));
        }
    }

    private sealed class SimulatedTimer(SimulatedTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public int Version { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            (Version, _period) = (Version + 1, period);
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                time.Schedule(this, dueTime);
            }

            return true;
        }

        public void Fire()
        {
            if (_period != Timeout.InfiniteTimeSpan && _period > TimeSpan.Zero)
            {
                time.Schedule(this, _period);
            }

            callback(state);
        }

        public void Dispose() => Version++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
