using Orca.Plans;

namespace Orca.Execution;

/// <summary>Open load of a scenario: each arrival of this drone's share takes an idle user or makes one, or is dropped, or comes too late and is missed.</summary>
internal sealed class ArrivalScheduler
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly ScenarioLoad _load;
    private readonly RunState _run;
    private readonly ArrivalCursor _arrivals;
    private readonly IdleUsers _idle = new();
    private readonly long _patience;
    private ShareTimeline? _timeline;
    private Share? _share;
    private int _mostUsers;
    private int _users;
    private int _atWork;
    private long _nextId;

    public ArrivalScheduler(ScenarioLoad load)
    {
        _load = load;
        _run = load.Run;
        _arrivals = load.Schedule.Arrivals();
        _patience = _run.Clock.Units(Patience);
    }

    public UserRoster Roster { get; } = new();

    public bool IsOver { get; private set; }

    /// <summary>Makes the users that are started before time zero under a share.</summary>
    public IReadOnlyList<ArrivalUser> UsersAtZero(Share share)
    {
        var asked = 0;
        foreach (var stage in _load.Scenario.Load.OfType<RateStage>())
        {
            asked = Math.Max(asked, Math.Min(stage.Users ?? (_load.Scenario.MaxUsers / 10), _load.Scenario.MaxUsers));
        }

        var users = Enumerable.Range(0, (int)share.Slots.CountBelow(asked)).Select(_ => MakeUser()).ToList();
        users.ForEach(_idle.Push);
        return users;
    }

    public void Begin(ShareTimeline timeline) => _timeline = timeline;

    /// <summary>Starts the arrivals that are due; the timestamp at which it wants to be called again.</summary>
    public long Advance(long now)
    {
        var at = _run.Clock.At(now);
        while (!IsOver)
        {
            if (!_arrivals.TryPeek(out var arrival))
            {
                IsOver = true;
                break;
            }

            if (arrival.Due > at)
            {
                return _run.Clock.TimestampAt(arrival.Due);
            }

            if (!_timeline!.Owns(arrival.Number, arrival.Due))
            {
                _arrivals.Advance();
                continue;
            }

            var due = _run.Clock.TimestampAt(arrival.Due);
            if (_run.Right.Holds(now))
            {
                if (now - due > _patience || _run.IsStopped)
                {
                    _load.Recorder.Missed(_load.PartAt(due));
                }
                else
                {
                    Dispatch(arrival.Number, due, at);
                }
            }
            else if (!_run.IsStopped)
            {
                // Without the right nobody here knows whose the arrival is by now: it waits until the right is back, and whoever
                // extends that wakes the dispatcher. One that never is counts as nobody's, a gap that the report names.
                return long.MaxValue;
            }

            _arrivals.Advance();
        }

        return long.MaxValue;
    }

    /// <summary>Counts what is due by now and not started as missed, where this drone may still say so: the load ends.</summary>
    public void Stop(long now)
    {
        if (_timeline is not null)
        {
            Advance(now);
        }

        IsOver = true;
    }

    /// <summary>Counts as missed what was due from the share's time on and lay behind already when the share came.</summary>
    /// <returns>How many arrivals came to this drone too late.</returns>
    public long ShareCame(Share share, ShareTimeline before, long now)
    {
        var at = _run.Clock.At(now);
        if (share.From >= at)
        {
            return 0;
        }

        var missed = 0L;
        var next = _arrivals.TryPeek(out var standing) ? standing.Number : long.MaxValue;
        var passed = _load.Schedule.Arrivals();
        for (; passed.TryPeek(out var arrival) && arrival.Number < next; passed.Advance())
        {
            if (arrival.Due >= share.From && share.Slots.Owns(arrival.Number) && !before.Owns(arrival.Number, arrival.Due))
            {
                _load.Recorder.Missed(_load.PartAt(_run.Clock.TimestampAt(arrival.Due)));
                missed++;
            }
        }

        return missed;
    }

    /// <summary>What a user does at a timestamp: the arrival that it was queued for, where that is not too late by now, or nothing.</summary>
    public UserTurn Next(ArrivalUser user, long now)
    {
        var number = user.Arrival;
        if (number >= 0)
        {
            user.Arrival = -1;
            var due = user.Due;
            var part = _load.PartAt(due);
            if (now - due <= _patience && !_run.IsStopped && _run.Right.Holds(now))
            {
                _load.Recorder.Late(part, _run.Clock.Nanoseconds(now - due));
                user.Begin(number, now, part);
                return user.IsStarted ? UserTurn.Iterate : UserTurn.Start;
            }

            _load.Recorder.Missed(part);
        }

        user.Park();
        Interlocked.Decrement(ref _atWork);
        _idle.Push(user);
        return UserTurn.Parked;
    }

    /// <summary>The arrival has failed; the user is no use to another.</summary>
    public void StartFailed(ArrivalUser user)
    {
        Roster.Remove(user);
        user.Release();
        Interlocked.Decrement(ref _atWork);
        Interlocked.Decrement(ref _users);
        user.Park();
    }

    public void AbandonedInQueue(ArrivalUser user)
    {
        if (user.Arrival >= 0)
        {
            _load.Recorder.Missed(_load.PartAt(user.Due));
        }
    }

    private void Dispatch(long number, long due, TimeSpan at)
    {
        var share = _timeline!.At(at);
        if (!ReferenceEquals(share, _share))
        {
            _share = share;
            _mostUsers = (int)share.Slots.CountBelow(_load.Scenario.MaxUsers);
        }

        // After slots were lost more users may be idle than may work.
        ArrivalUser? user = null;
        if (Volatile.Read(ref _atWork) < _mostUsers)
        {
            user = _idle.Pop() ?? (Volatile.Read(ref _users) < _mostUsers ? MakeUser() : null);
        }

        if (user is null)
        {
            _load.Recorder.Dropped(_load.PartAt(due));
            return;
        }

        (user.Arrival, user.Due) = (number, due);
        Interlocked.Increment(ref _atWork);
        user.TryQueue();
    }

    private ArrivalUser MakeUser()
    {
        // Behind the numbers of closed load, and of every drone's users its own.
        var id = _load.Schedule.PeakUsers + _load.Drone.Index + (_nextId++ * _load.Drone.Count);
        var user = new ArrivalUser(_load, id, this);
        Interlocked.Increment(ref _users);
        Roster.Add(user);
        return user;
    }
}
