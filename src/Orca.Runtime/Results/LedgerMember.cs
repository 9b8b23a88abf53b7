using Orca.Measurement;

namespace Orca.Results;

/// <summary>One incarnation's snapshots: the newest, the one up to which its work has gone into intervals, and those between.</summary>
internal sealed class LedgerMember(MemberKey key, TimeSpan warmUp)
{
    private readonly List<Snapshot> _pending = [];

    public MemberKey Key => key;

    /// <summary>Whether more of its work is expected.</summary>
    public bool IsLive { get; set; }

    public Snapshot? Newest { get; private set; }

    /// <summary>How long the drone's work had waited for its thread pool by the end of the warm-up, to be left out of what is judged.</summary>
    public Histogram? DelayAtWarmUp { get; set; }

    /// <summary>The run time that its newest snapshot reaches.</summary>
    public TimeSpan Reaches => Newest?.Header.RunTime ?? TimeSpan.Zero;

    /// <summary>Arrivals missed in stretches that the leader saw only after their intervals had closed: the drone was out of touch.</summary>
    public long MissedOutOfTouch { get; set; }

    /// <summary>The snapshot up to which its work has gone into intervals.</summary>
    public Snapshot? Distributed { get; private set; }

    private TimeSpan DistributedTo => Distributed?.Header.RunTime ?? TimeSpan.Zero;

    public bool Add(Snapshot snapshot)
    {
        if (Newest is { } newest)
        {
            if (snapshot.Header.Sequence <= newest.Header.Sequence)
            {
                return false;
            }

            if (snapshot.Header.RunTime < newest.Header.RunTime)
            {
                snapshot = snapshot with { Header = snapshot.Header with { RunTime = newest.Header.RunTime } };
            }

            if (_pending.Count > 0 && _pending[^1].Header.RunTime == snapshot.Header.RunTime)
            {
                _pending.RemoveAt(_pending.Count - 1);
            }
        }

        _pending.Add(snapshot);
        Newest = snapshot;
        if (snapshot.Header.RunTime <= warmUp)
        {
            DelayAtWarmUp = snapshot.Health.SchedulingDelay;
        }

        return true;
    }

    /// <summary>Whether all its work before <paramref name="boundary"/>, and nothing later, can be told: it reported just there, or will report nothing more.</summary>
    public bool IsSettledAt(TimeSpan boundary)
    {
        if (Reaches < boundary)
        {
            return !IsLive || Newest is { Header.Final: true };
        }

        foreach (var snapshot in _pending)
        {
            if (snapshot.Header.RunTime == boundary)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The run time of its first snapshot from <paramref name="due"/> on that has not gone into an interval; null where there is none.</summary>
    public TimeSpan? FirstFrom(TimeSpan due)
    {
        foreach (var snapshot in _pending)
        {
            if (snapshot.Header.RunTime >= due)
            {
                return snapshot.Header.RunTime;
            }
        }

        return null;
    }

    /// <summary>Moves past the snapshots up to <paramref name="to"/>; each stretch belongs to the interval from <paramref name="from"/> on, or came too late for its own.</summary>
    public void TakeUpTo(TimeSpan from, TimeSpan to, List<Stretch> stretches)
    {
        while (_pending.Count > 0 && _pending[0].Header.RunTime <= to)
        {
            var late = DistributedTo < from;
            var last = 0;
            while (last + 1 < _pending.Count && _pending[last + 1].Header.RunTime <= (late ? from : to))
            {
                last++;
            }

            var until = _pending[last];
            stretches.Add(new(this, Distributed, until, late));
            Distributed = until;
            _pending.RemoveRange(0, last + 1);
        }
    }
}
