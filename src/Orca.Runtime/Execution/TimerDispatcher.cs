namespace Orca.Execution;

/// <summary>The dispatcher of a driven clock: runs on the clock's own timer, or on the thread that wakes it, one call at a time.</summary>
internal sealed class TimerDispatcher : Dispatcher
{
    private readonly RunClock _clock;
    private readonly Func<long, long> _advance;
    private readonly Action<Exception> _failed;
    private readonly ITimer _timer;
    private int _asked;
    private volatile bool _isRunning;

    public TimerDispatcher(RunClock clock, Func<long, long> advance, Action<Exception> failed)
    {
        _clock = clock;
        _advance = advance;
        _failed = failed;
        _timer = clock.Time.CreateTimer(static self => ((TimerDispatcher)self!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public override void Start()
    {
        _isRunning = true;
        Tick();
    }

    public override void WakeBy(long timestamp) => Tick();

    public override ValueTask DisposeAsync()
    {
        _isRunning = false;
        return _timer.DisposeAsync();
    }

    private void Tick()
    {
        // Only the first caller runs; who comes meanwhile, even from within, makes it go round once more.
        if (Interlocked.Increment(ref _asked) != 1)
        {
            return;
        }

        int seen;
        do
        {
            seen = Volatile.Read(ref _asked);
            if (_isRunning)
            {
                Advance();
            }
        }
        while (Interlocked.CompareExchange(ref _asked, 0, seen) != seen);
    }

    private void Advance()
    {
        try
        {
            var now = _clock.Now;
            var next = _advance(now);
            var wait = next == long.MaxValue ? Timeout.InfiniteTimeSpan : _clock.Duration(Math.Max(1, next - now));
            _timer.Change(wait > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : wait, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException) when (!_isRunning)
        {
        }
        catch (Exception e)
        {
            _isRunning = false;
            _failed(e);
        }
    }
}
