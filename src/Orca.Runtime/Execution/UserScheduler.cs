using System.Collections.Concurrent;
using Orca.Plans;

namespace Orca.Execution;

/// <summary>Closed load of a scenario: which of this drone's users work at which time, and what they work on.</summary>
internal sealed class UserScheduler
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AccountEvery = TimeSpan.FromMilliseconds(10);

    private readonly RunState _run;
    private readonly ScenarioSchedule _schedule;
    private readonly UsersDuty _usersDuty;
    private readonly UserTimeAccount _account;
    private readonly ConcurrentQueue<(ClosedUser User, long At)> _retries = new();
    private ShareTimeline? _timeline;
    private Share? _share;
    private TimeSpan? _nextChange = TimeSpan.Zero;
    private long _endsAt = long.MaxValue;
    private int _wanted;
    private volatile bool _someWait;

    public UserScheduler(ScenarioLoad load)
    {
        _run = load.Run;
        _schedule = load.Schedule;
        Users = new ClosedUsers(load);
        _usersDuty = new UsersDuty(this);
        _account = new UserTimeAccount(load);
        Blocks = new BlockParts(this, load);
    }

    public ClosedUsers Users { get; }

    /// <summary>This drone's parts of the iterations stages.</summary>
    public BlockParts Blocks { get; }

    public bool IsOver { get; private set; }

    /// <summary>Makes the users that are at work at time zero under a share.</summary>
    public IReadOnlyList<ClosedUser> UsersAtZero(Share share)
    {
        var users = _schedule.UsersAt(TimeSpan.Zero);
        foreach (var block in _schedule.IterationBlocks)
        {
            users = block.From == TimeSpan.Zero ? Math.Max(users, block.Users) : users;
        }

        return [.. Enumerable.Range(0, users).Where(user => share.Slots.Owns(user)).Select(user => Users.GetOrAdd(user, _usersDuty))];
    }

    /// <summary>Takes the run's first share; gives back the users that were made for another and are not owned under it.</summary>
    public IReadOnlyList<ClosedUser> Begin(ShareTimeline timeline)
    {
        _timeline = timeline;
        _endsAt = _run.Clock.TimestampAt(_schedule.End);
        Blocks.Take(timeline.At(TimeSpan.Zero), TimeSpan.Zero);
        return Users.RemoveAll(user => !timeline.Owns(user.Id, TimeSpan.Zero));
    }

    /// <summary>Sets users to work or to rest as is due; the timestamp at which it wants to be called again.</summary>
    public long Advance(long now)
    {
        if (IsOver)
        {
            return long.MaxValue;
        }

        var at = _run.Clock.At(now);
        if (at < TimeSpan.Zero)
        {
            return _run.Clock.TimestampAt(TimeSpan.Zero);
        }

        TimeSpan next;
        while ((next = NextEvent()) <= at)
        {
            _account.MakeUp(next);
            Apply(next);
        }

        if (!ReferenceEquals(_timeline!.At(at), _share))
        {
            Apply(at);
        }

        _account.MakeUp(at);
        _account.NoteRight(now);
        if (at >= _schedule.End || _run.IsStopped)
        {
            End();
            return long.MaxValue;
        }

        if (_someWait && _run.Right.Holds(now))
        {
            Resume();
        }

        return Math.Min(StartAgain(now), NextCall(now, next));
    }

    /// <summary>Sets the users to work that wait for the right to load, or for iterations claimed.</summary>
    public void Resume()
    {
        // Cleared first: who begins to wait meanwhile looks once more itself.
        _someWait = false;
        foreach (var user in Users.Active)
        {
            Launch(user);
        }

        _run.Queue.Flush();
    }

    public bool MayWork(ClosedUser user, long now)
    {
        if (!user.IsActive || now >= _endsAt || _run.IsStopped)
        {
            return false;
        }

        if (!_run.Right.Holds(now))
        {
            _someWait = true;
            return false;
        }

        return true;
    }

    /// <summary>Somebody waits, or what it waited for has come: the dispatcher looks at its next call.</summary>
    public void WaitsToResume() => _someWait = true;

    /// <summary>Whether no stage is left that takes its whole time, and every iteration was given out, those of an epoch's share included; from any thread.</summary>
    public bool HasGivenAll(TimeSpan at, int epoch) => at >= _schedule.TimedEnd && (at >= _schedule.End || Blocks.AreGivenOut(at, epoch));

    /// <summary>Makes a user idle, and sets it to work again where it was wanted meanwhile.</summary>
    public void Rest(ClosedUser user)
    {
        user.Park();
        if (Launch(user))
        {
            _run.Queue.Flush();
        }
    }

    public void StartAgainLater(ClosedUser user, long now)
    {
        var again = now + _run.Clock.Units(RetryAfter);
        user.IsHeldBack = true;
        _account.StartFailed();
        _retries.Enqueue((user, again));
        user.Park();
        _run.WakeBy(again);
    }

    private TimeSpan NextEvent()
    {
        var next = Min(_nextChange ?? TimeSpan.MaxValue, Blocks.NextEvent(_account.UpTo));
        var newest = _timeline!.Current;
        return ReferenceEquals(newest, _share) ? next : Min(next, newest.From > _account.UpTo ? newest.From : _account.UpTo);
    }

    private void Apply(TimeSpan at)
    {
        Dismiss(Blocks.EndingAt(at));
        var share = _timeline!.At(at);
        var users = _schedule.UsersAt(at);
        if (ReferenceEquals(share, _share))
        {
            Want(Math.Min(users, _wanted), Math.Max(users, _wanted), users, share);
        }
        else
        {
            _share = share;
            Want(0, Math.Max(users, _wanted), users, share);
            DismissLost(share);
            Engage(Blocks.Take(share, at));
        }

        _wanted = users;
        _nextChange = _schedule.NextUserChange(at);
        Engage(Blocks.Begin(at));
        Blocks.Taken(share);
    }

    /// <summary>Sees to it that of the users of a range those work under users stages that are below a number and owned.</summary>
    private void Want(int from, int to, int below, Share share)
    {
        for (var number = from; number < to; number++)
        {
            var works = Users[number] is { IsActive: true } working && working.Duty == _usersDuty;
            var isWanted = number < below && share.Slots.Owns(number);
            if (isWanted && !works)
            {
                _account.Working++;
                Engage(number, _usersDuty);
            }
            else if (works && !isWanted)
            {
                _account.Working--;
                Users[number]!.IsActive = false;
            }
        }
    }

    private void Engage(IEnumerable<IterationsDuty> portions)
    {
        foreach (var portion in portions)
        {
            foreach (var number in portion.Users)
            {
                Engage(number, portion);
            }
        }
    }

    private void Dismiss(IEnumerable<IterationsDuty> portions)
    {
        foreach (var portion in portions)
        {
            foreach (var number in portion.Users)
            {
                if (Users[number] is { } user && user.Duty == portion)
                {
                    user.IsActive = false;
                }
            }
        }
    }

    private void DismissLost(Share share)
    {
        foreach (var user in Users.Active.Where(user => !share.Slots.Owns(user.Id)))
        {
            user.IsActive = false;
        }
    }

    private void Engage(int number, ClosedDuty duty)
    {
        var user = Users.GetOrAdd(number, duty);
        user.Duty = duty;
        user.IsActive = true;
        Launch(user);
    }

    private bool Launch(ClosedUser user) =>
        !user.IsHeldBack && user.Duty.HasWork && MayWork(user, _run.Clock.Now) && user.TryQueue();

    private long StartAgain(long now)
    {
        while (_retries.TryPeek(out var retry))
        {
            if (retry.At > now)
            {
                return retry.At;
            }

            _retries.TryDequeue(out _);
            _account.StartsAgain();
            retry.User.IsHeldBack = false;
            if (retry.User.IsActive)
            {
                Launch(retry.User);
            }
        }

        return long.MaxValue;
    }

    private long NextCall(long now, TimeSpan nextEvent)
    {
        var next = Math.Min(_endsAt, nextEvent == TimeSpan.MaxValue ? long.MaxValue : _run.Clock.TimestampAt(nextEvent));
        if (_account.Working > 0 && _run.Right.Holds(now))
        {
            next = Math.Min(next, Math.Min(now + _run.Clock.Units(AccountEvery), _run.Right.Until));
        }

        return next;
    }

    private void End()
    {
        IsOver = true;
        foreach (var user in Users.Active)
        {
            user.IsActive = false;
        }
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
