using System.Collections.Concurrent;
using Orca.Plans;

namespace Orca.Execution;

/// <summary>Closed load of a scenario: which of this drone's users work at which time, and what they work on.</summary>
internal sealed class UserScheduler
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AccountEvery = TimeSpan.FromMilliseconds(10);

    private readonly ScenarioLoad _load;
    private readonly RunState _run;
    private readonly ScenarioSchedule _schedule;
    private readonly SimulatedUser?[] _users;
    private readonly UsersDuty _usersDuty;
    private readonly UserTimeAccount _account;
    private readonly BlockPart[] _blocks;
    private readonly ConcurrentQueue<UserLoop> _retries = new();
    private ShareTimeline? _timeline;
    private Share? _share;
    private TimeSpan? _nextChange = TimeSpan.Zero;
    private long _endsAt = long.MaxValue;
    private int _blocksBegun;
    private int _wanted;
    private volatile bool _someWait;
    private volatile int _takenEpoch = -1;

    public UserScheduler(ScenarioLoad load)
    {
        _load = load;
        _run = load.Run;
        _schedule = load.Schedule;
        _users = new SimulatedUser?[_schedule.PeakUsers];
        _usersDuty = new UsersDuty(this);
        _account = new UserTimeAccount(load);
        _blocks = [.. _schedule.IterationBlocks.Select(block => new BlockPart(this, block, load.Scenario.Name, load.ClaimsIterations))];
    }

    public UserRoster Roster { get; } = new();

    public bool IsOver { get; private set; }

    /// <summary>This drone's parts of the iterations stages, in order.</summary>
    public IReadOnlyList<BlockPart> Blocks => _blocks;

    /// <summary>Makes the users that are at work at time zero under a share.</summary>
    public IReadOnlyList<SimulatedUser> UsersAtZero(Share share)
    {
        var users = _schedule.UsersAt(TimeSpan.Zero);
        foreach (var block in _schedule.IterationBlocks)
        {
            users = block.From == TimeSpan.Zero ? Math.Max(users, block.Users) : users;
        }

        return [.. Enumerable.Range(0, users).Where(user => share.Slots.Owns(user)).Select(user => UserOf(user, _usersDuty))];
    }

    /// <summary>Takes the run's first share; gives back the users that were made for another and are not owned under it.</summary>
    public IReadOnlyList<SimulatedUser> Begin(ShareTimeline timeline)
    {
        _timeline = timeline;
        _endsAt = _run.Clock.TimestampAt(_schedule.End);
        foreach (var block in _blocks)
        {
            block.Take(timeline.At(TimeSpan.Zero));
        }

        var lost = Roster.All().Where(user => !timeline.Owns(user.Id, TimeSpan.Zero)).ToList();
        foreach (var user in lost)
        {
            _users[user.Id] = null;
            Roster.Remove(user);
        }

        return lost;
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
        foreach (var user in _users)
        {
            if (user is { IsActive: true })
            {
                Launch(user);
            }
        }

        _run.Queue.Flush();
    }

    public bool MayWork(UserLoop user, long now)
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
    public bool HasGivenAll(TimeSpan at, int epoch) =>
        at >= _schedule.TimedEnd && (at >= _schedule.End || (_takenEpoch >= epoch && _blocks.All(block => block.IsGivenOut(at))));

    /// <summary>Adds what is to be claimed by a timestamp.</summary>
    public void AddClaimsWanted(List<IterationClaim> claims, long now)
    {
        var at = _run.Clock.At(now);
        foreach (var block in _blocks.Where(block => block.IsClaimable(at)))
        {
            foreach (var portion in block.Portions)
            {
                var wanted = portion.Claim.WantedAt(now, _run.Clock);
                claims.Add(new(_load.Scenario.Name, portion.Slots, wanted < portion.Count ? portion.NumberOf(wanted) : block.Block.End));
            }
        }
    }

    /// <summary>Allows what was claimed to be started.</summary>
    public void Claimed(IterationClaim claim, long now)
    {
        foreach (var block in _blocks.Where(block => claim.Below > block.Block.First && claim.Below <= block.Block.End))
        {
            foreach (var portion in block.Portions.Where(portion => portion.Slots.Equals(claim.Slots)))
            {
                if (portion.Claim.Grant(portion.CountBelow(claim.Below), now))
                {
                    WaitsToResume();
                }
            }
        }
    }

    /// <summary>Makes a user idle, and sets it to work again where it was wanted meanwhile.</summary>
    public void Rest(UserLoop user)
    {
        user.Park();
        if (Launch(user))
        {
            _run.Queue.Flush();
        }
    }

    public void StartAgainLater(UserLoop user, long now)
    {
        user.NotBefore = now + _run.Clock.Units(RetryAfter);
        _account.StartFailed();
        _retries.Enqueue(user);
        user.Park();
        _run.WakeBy(user.NotBefore);
    }

    private TimeSpan NextEvent()
    {
        var next = _nextChange ?? TimeSpan.MaxValue;
        if (_blocksBegun < _blocks.Length)
        {
            next = Min(next, _blocks[_blocksBegun].Block.From);
        }

        if (_blocksBegun > 0 && _blocks[_blocksBegun - 1].Block.To > _account.UpTo)
        {
            next = Min(next, _blocks[_blocksBegun - 1].Block.To);
        }

        var newest = _timeline!.Current;
        return ReferenceEquals(newest, _share) ? next : Min(next, newest.From > _account.UpTo ? newest.From : _account.UpTo);
    }

    private void Apply(TimeSpan at)
    {
        if (_blocksBegun > 0 && _blocks[_blocksBegun - 1].Block.To == at)
        {
            Dismiss(_blocks[_blocksBegun - 1]);
        }

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
            TakeBlocks(share, at);
        }

        _wanted = users;
        _nextChange = _schedule.NextUserChange(at);
        while (_blocksBegun < _blocks.Length && _blocks[_blocksBegun].Block.From <= at)
        {
            var block = _blocks[_blocksBegun++];
            block.Begin();
            Engage(block.Portions);
        }

        _takenEpoch = share.Epoch;
    }

    /// <summary>Sees to it that of the users of a range those work under users stages that are below a number and owned.</summary>
    private void Want(int from, int to, int below, Share share)
    {
        for (var number = from; number < to; number++)
        {
            var works = _users[number] is { IsActive: true } working && working.Duty == _usersDuty;
            var isWanted = number < below && share.Slots.Owns(number);
            if (isWanted && !works)
            {
                _account.Working++;
                Engage(number, _usersDuty);
            }
            else if (works && !isWanted)
            {
                _account.Working--;
                _users[number]!.IsActive = false;
            }
        }
    }

    private void TakeBlocks(Share share, TimeSpan at)
    {
        foreach (var block in _blocks)
        {
            if (at < block.Block.To && block.Take(share) is { Count: > 0 } gained && block.HasBegun)
            {
                Engage(gained);
            }
        }
    }

    private void Engage(IReadOnlyList<IterationsDuty> portions)
    {
        foreach (var portion in portions)
        {
            foreach (var number in portion.Users)
            {
                Engage(number, portion);
            }
        }
    }

    private void Dismiss(BlockPart block)
    {
        foreach (var portion in block.Portions)
        {
            foreach (var number in portion.Users)
            {
                if (_users[number] is { } user && user.Duty == portion)
                {
                    user.IsActive = false;
                }
            }
        }
    }

    private void DismissLost(Share share)
    {
        foreach (var user in _users)
        {
            if (user is { IsActive: true } && !share.Slots.Owns(user.Id))
            {
                user.IsActive = false;
            }
        }
    }

    private void Engage(int number, UserDuty duty)
    {
        var user = UserOf(number, duty);
        user.Duty = duty;
        user.IsActive = true;
        Launch(user);
    }

    private bool Launch(UserLoop user)
    {
        var now = _run.Clock.Now;
        return now >= user.NotBefore && ((ClosedDuty)user.Duty).HasWork && MayWork(user, now) && user.TryQueue();
    }

    private long StartAgain(long now)
    {
        while (_retries.TryPeek(out var user))
        {
            if (user.NotBefore > now)
            {
                return user.NotBefore;
            }

            _retries.TryDequeue(out _);
            _account.StartsAgain();
            if (user.IsActive)
            {
                Launch(user);
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
        foreach (var user in _users)
        {
            if (user is not null)
            {
                user.IsActive = false;
            }
        }
    }

    private SimulatedUser UserOf(int number, UserDuty duty)
    {
        if (_users[number] is not { } user)
        {
            _users[number] = user = new SimulatedUser(_load, number, duty);
            Roster.Add(user);
        }

        return user;
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
