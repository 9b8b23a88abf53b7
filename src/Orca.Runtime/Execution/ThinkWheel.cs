namespace Orca.Execution;

/// <summary>The timer wheel of all waiting users: ticks of 1 ms, never early. Added to from any thread, turned by the dispatcher.</summary>
internal sealed class ThinkWheel
{
    private const int Slots = 4096;

    private readonly Think?[] _slots = new Think?[Slots];
    private readonly RunQueue _queue;
    private readonly Action<long> _wakeBy;
    private readonly long _origin;
    private readonly long _tickLength;
    private long _tick;
    private long _waiting;
    private volatile bool _cancelled;

    public ThinkWheel(RunClock clock, RunQueue queue, Action<long> wakeBy)
    {
        _queue = queue;
        _wakeBy = wakeBy;
        _origin = clock.Now;
        _tickLength = clock.Units(TimeSpan.FromMilliseconds(1));
    }

    /// <summary>Ends a think at the first tick that is not before a timestamp.</summary>
    public void Add(Think think, long due)
    {
        var ticks = Math.Max(0, due - _origin);
        think.Tick = Math.Max((ticks + _tickLength - 1) / _tickLength, 1);
        Interlocked.Increment(ref _waiting);
        Push(think);
        _wakeBy(_origin + (think.Tick * _tickLength));
    }

    /// <summary>Ends what is due; the timestamp of the next tick at which something may be.</summary>
    public long Turn(long now)
    {
        var reached = (now - _origin) / _tickLength;
        var done = _tick;
        if (reached > done)
        {
            // Published before any slot is emptied: who adds behind it sees that the tick has passed and empties the slot itself.
            Volatile.Write(ref _tick, reached);
            if (Interlocked.Read(ref _waiting) > 0)
            {
                for (var tick = Math.Max(done, reached - Slots) + 1; tick <= reached; tick++)
                {
                    Empty(ref _slots[tick % Slots]);
                }
            }
        }

        return NextTick();
    }

    /// <summary>Ends all thinks, and all that come later, with a cancellation.</summary>
    public void Cancel()
    {
        _cancelled = true;
        foreach (ref var slot in _slots.AsSpan())
        {
            Empty(ref slot);
        }

        _queue.Flush();
    }

    private void Push(Think think)
    {
        ref var slot = ref _slots[think.Tick % Slots];
        Link(ref slot, think);

        // Linking is a full fence: either the turning dispatcher finds the think, or this sees that it has gone by.
        if (_cancelled || Volatile.Read(ref _tick) >= think.Tick)
        {
            Empty(ref slot);
            _queue.Flush();
        }
    }

    private void Empty(ref Think? slot)
    {
        if (slot is null)
        {
            return;
        }

        var think = Interlocked.Exchange(ref slot, null);
        while (think is not null)
        {
            var next = think.Next;
            think.Next = null;
            if (_cancelled || think.Tick <= Volatile.Read(ref _tick))
            {
                think.IsCancelled = _cancelled;
                Interlocked.Decrement(ref _waiting);
                _queue.Add(think);
            }
            else
            {
                Push(think);
            }

            think = next;
        }
    }

    private static void Link(ref Think? slot, Think think)
    {
        var first = Volatile.Read(ref slot);
        while (true)
        {
            think.Next = first;
            var found = Interlocked.CompareExchange(ref slot, think, first);
            if (ReferenceEquals(found, first))
            {
                return;
            }

            first = found;
        }
    }

    private long NextTick()
    {
        if (Interlocked.Read(ref _waiting) == 0)
        {
            return long.MaxValue;
        }

        for (var tick = _tick + 1; tick <= _tick + Slots; tick++)
        {
            if (Volatile.Read(ref _slots[tick % Slots]) is not null)
            {
                return _origin + (tick * _tickLength);
            }
        }

        return _origin + ((_tick + 1) * _tickLength);
    }
}
