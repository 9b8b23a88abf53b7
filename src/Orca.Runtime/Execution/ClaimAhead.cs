namespace Orca.Execution;

/// <summary>How far a portion's iterations are to be claimed: about a second's work ahead, from the speed measured, and at least one for each user.</summary>
/// <remarks>One caller at a time: who sends the heartbeats.</remarks>
internal sealed class ClaimAhead(IterationsDuty duty)
{
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestMeasured = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LeastMeasured = TimeSpan.FromMilliseconds(100);

    private long _wanted;
    private long _endedBefore;
    private long _since = long.MinValue;
    private long _grantedAt = long.MinValue;
    private double _perUnit;

    /// <summary>How many of the portion's iterations, in their order, are to be claimed by now; never fewer than before.</summary>
    public long WantedAt(long now, RunClock clock)
    {
        Measure(now, clock);
        var ahead = Math.Max(duty.Users.Count, Math.Ceiling(_perUnit * clock.Units(Ahead)));
        _wanted = Math.Max(_wanted, (long)Math.Min(duty.Count, duty.Given + ahead));
        return _wanted;
    }

    /// <summary>So many are claimed; fewer than before changes nothing.</summary>
    public bool Grant(long claimed, long now)
    {
        if (claimed <= duty.ClaimLimit)
        {
            return false;
        }

        if (IsStarved)
        {
            // What passed without work says nothing of the speed.
            (_endedBefore, _since) = (duty.Given, now);
        }

        _grantedAt = now;
        duty.ClaimLimit = claimed;
        return true;
    }

    // Who was refused as the limit was raised may be at work again.
    private bool IsStarved => duty.IsStarved && duty.LastRefusedAt > _grantedAt;

    private void Measure(long now, RunClock clock)
    {
        if (duty.FirstGivenAt == long.MaxValue)
        {
            return;
        }

        var since = Math.Max(_since, duty.FirstGivenAt);
        var starved = IsStarved;
        var elapsed = (starved ? duty.LastRefusedAt : now) - since;
        var ended = duty.Ended;
        if (ended <= _endedBefore || (!starved && elapsed < clock.Units(LeastMeasured)))
        {
            return;
        }

        _perUnit = (ended - _endedBefore) / (double)Math.Max(elapsed, clock.Units(ShortestMeasured));
        if (!starved)
        {
            (_endedBefore, _since) = (ended, now);
        }
    }
}
