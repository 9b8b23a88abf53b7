using System.Collections.Immutable;

namespace Orca.Plans;

/// <summary>A scenario's users stages in run time: the closed half of its schedule. User u is active while u &lt; users(t), so ⌈users(t)⌉ are.</summary>
internal sealed class UserTimeline
{
    private readonly ImmutableArray<Segment> _segments;

    public UserTimeline(Scenario scenario)
    {
        var segments = ImmutableArray.CreateBuilder<Segment>();
        var start = scenario.StartAfter.Ticks;
        foreach (var stage in scenario.Load)
        {
            if (stage is UsersStage { Duration.Ticks: > 0 } users)
            {
                segments.Add(new Segment(start, users.Duration.Ticks, users.From, users.To));
            }

            start += stage.Duration.Ticks;
        }

        _segments = segments.ToImmutable();
    }

    public int UsersAt(long at)
    {
        foreach (var segment in _segments)
        {
            if (at >= segment.Start && at < segment.End)
            {
                return segment.UsersAt(at - segment.Start);
            }
        }

        return 0;
    }

    public long? NextChange(long at)
    {
        var users = UsersAt(at);
        foreach (var segment in _segments)
        {
            if (at >= segment.End)
            {
                continue;
            }

            if (at < segment.Start)
            {
                if (UsersAt(segment.Start) != users)
                {
                    return segment.Start;
                }

                at = segment.Start;
            }

            if (segment.NextChange(users) is { } change)
            {
                return change;
            }

            if (UsersAt(segment.End) != users)
            {
                return segment.End;
            }

            at = segment.End;
        }

        return null;
    }

    public long UserTimeBefore(long at)
    {
        var time = 0L;
        foreach (var segment in _segments)
        {
            if (at > segment.Start)
            {
                time += segment.UserTimeBefore(Math.Min(at - segment.Start, segment.Duration));
            }
        }

        return time;
    }

    private readonly record struct Segment(long Start, long Duration, int From, int To)
    {
        public long End => Start + Duration;

        public int UsersAt(long ticks) =>
            From + (int)CeilingOf((Int128)(To - From) * ticks, Duration);

        /// <summary>Where in this segment the number, which holds before, gives way to another.</summary>
        public long? NextChange(int users)
        {
            if (From == To)
            {
                return null;
            }

            // Rising: the first tick at which users(t) is above the number. Falling: the first at which it is no more than one less.
            var ticks = To > From
                ? (long)((Int128)(users - From) * Duration / (To - From)) + 1
                : (long)CeilingOf((Int128)(From - users + 1) * Duration, From - To);
            return ticks < Duration ? Start + ticks : null;
        }

        /// <summary>The sum of the users' active times; each user's share of a tick is kept, the sum rounded down.</summary>
        public long UserTimeBefore(long ticks)
        {
            var active = From + (int)CeilingOf((Int128)(To - From) * ticks, Duration);
            var whole = (Int128)active * ticks;
            Int128 steps = Math.Abs(active - From);

            // A user that comes at i/n of a rising ramp lacks so much, one that goes at i/n of a falling one has had so much.
            return (long)(To > From ? whole - (Duration * (steps * (steps - 1)) / 2 / (To - From))
                : To < From ? whole + (Duration * (steps * (steps + 1)) / 2 / (From - To))
                : whole);
        }

        private static Int128 CeilingOf(Int128 dividend, long divisor)
        {
            var (quotient, rest) = Int128.DivRem(dividend, divisor);
            return rest > 0 ? quotient + 1 : quotient;
        }
    }
}
