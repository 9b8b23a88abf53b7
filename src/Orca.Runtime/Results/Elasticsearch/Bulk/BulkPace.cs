namespace Orca.Results.Elasticsearch.Bulk;

/// <summary>How many requests may be under way, and when the next may go. Safe for use from several threads.</summary>
internal sealed class BulkPace(BulkTimings timings, TimeProvider clock, Random random)
{
    private const int Widest = 2;

    // So many good answers in a row after a 429 say that there is room again.
    private const int GoodBeforeWide = 10;

    private readonly Lock _lock = new();
    private int _failures;
    private int _goodInARow = GoodBeforeWide;
    private long _closedUntil = long.MinValue;
    private bool _hurried;

    public int Width
    {
        get
        {
            lock (_lock)
            {
                return _failures > 0 || _goodInARow < GoodBeforeWide ? 1 : Widest;
            }
        }
    }

    /// <summary>When the next request may go, as a timestamp of the clock.</summary>
    public long OpenAt
    {
        get
        {
            lock (_lock)
            {
                return _closedUntil;
            }
        }
    }

    public void Good()
    {
        lock (_lock)
        {
            _failures = 0;
            _closedUntil = long.MinValue;
            _goodInARow = Math.Min(GoodBeforeWide, _goodInARow + 1);
        }
    }

    /// <summary>The server is busy, or some of its documents' shards are.</summary>
    public void Throttled()
    {
        lock (_lock)
        {
            _goodInARow = 0;
        }
    }

    /// <summary>Nothing could be done: no request goes for a while, longer each time.</summary>
    public void Failed()
    {
        lock (_lock)
        {
            _failures++;
            _closedUntil = DueLocked(_failures);
        }
    }

    /// <summary>When something tried in vain so often may be tried again: after a random time up to one that doubles.</summary>
    public long DueAfter(int attempts)
    {
        lock (_lock)
        {
            return DueLocked(attempts);
        }
    }

    /// <summary>The run is over: the next request may go at once, and none waits long.</summary>
    public void Hurry()
    {
        lock (_lock)
        {
            _hurried = true;
            _closedUntil = long.MinValue;
        }
    }

    private long DueLocked(int attempts)
    {
        var longest = _hurried ? timings.LongestBackOffAtEnd : timings.LongestBackOff;
        var most = Math.Min(longest.TotalSeconds, timings.BackOff.TotalSeconds * Math.Pow(2, Math.Min(30, attempts - 1)));
        return clock.GetTimestamp() + (long)(random.NextDouble() * most * clock.TimestampFrequency);
    }
}
