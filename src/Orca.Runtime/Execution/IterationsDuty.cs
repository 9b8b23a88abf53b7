using Orca.Plans;

namespace Orca.Execution;

/// <summary>
/// The duty of one portion of an iterations stage: the users of some of this drone's slots share the iterations of those slots, each of
/// which is given out once.
/// </summary>
internal sealed class IterationsDuty : ClosedDuty
{
    private readonly IterationBlock _block;
    private readonly int[] _users;
    private readonly long _firstRow;
    private readonly int _skipped;
    private long _given;
    private long _claimLimit = long.MaxValue;
    private long _firstGivenAt = long.MaxValue;
    private long _lastRefusedAt = long.MinValue;
    private int _waiting;

    /// <param name="scheduler">Whose users do the work.</param>
    /// <param name="block">The stage; from another iteration than its first where what is before that was claimed by another drone.</param>
    /// <param name="slots">The slots of the portion.</param>
    public IterationsDuty(UserScheduler scheduler, IterationBlock block, SlotSet slots)
        : base(scheduler)
    {
        (_block, Slots) = (block, slots);
        _users = [.. Enumerable.Range(0, block.Users).Where(user => slots.Owns(user))];
        _firstRow = block.First / block.Users;
        _skipped = UsersBefore(block.UserOf(block.First));
        Count = CountBelow(block.End);
        Claim = new ClaimAhead(this);
    }

    public IterationBlock Block => _block;

    public SlotSet Slots { get; }

    /// <summary>The portion's users.</summary>
    public IReadOnlyList<int> Users => _users;

    /// <summary>The portion's iterations.</summary>
    public long Count { get; }

    /// <summary>How far the portion is claimed, and is to be.</summary>
    public ClaimAhead Claim { get; }

    /// <summary>How many of the portion's iterations, in their order, may be given out: those that are claimed. Default: all.</summary>
    /// <remarks>After it was raised, <see cref="UserScheduler.WaitsToResume"/> wakes the users that wait for it, at the dispatcher's next call.</remarks>
    public long ClaimLimit
    {
        get => Volatile.Read(ref _claimLimit);
        set
        {
            Volatile.Write(ref _waiting, 0);
            Volatile.Write(ref _claimLimit, value);
        }
    }

    public override bool HasWork => Given < ClaimLimit && Given < Count;

    /// <summary>How many of the portion's iterations were given out.</summary>
    public long Given => Volatile.Read(ref _given);

    /// <summary>How many have ended, at least, as seen from who came for more.</summary>
    public long Ended => Math.Max(0, Given - Math.Max(0, _users.Length - Volatile.Read(ref _waiting)));

    /// <summary>Whether a user found nothing claimed since the limit was last raised.</summary>
    public bool IsStarved => Volatile.Read(ref _waiting) > 0;

    /// <summary>The timestamp at which the first was given out, or the greatest.</summary>
    public long FirstGivenAt => Volatile.Read(ref _firstGivenAt);

    /// <summary>The timestamp at which a user last found nothing claimed, or the least.</summary>
    public long LastRefusedAt => Volatile.Read(ref _lastRefusedAt);

    /// <summary>The number of the portion's n-th iteration, or −1 past its last.</summary>
    public long NumberOf(long n)
    {
        if (_users.Length == 0)
        {
            return -1;
        }

        var (row, column) = Math.DivRem(n + _skipped, _users.Length);
        var number = ((_firstRow + row) * _block.Users) + _users[column];
        return number < _block.End ? number : -1;
    }

    /// <summary>How many of the portion's iterations are numbered below a number of the stage.</summary>
    public long CountBelow(long number)
    {
        number = Math.Clamp(number, _block.First, _block.End);
        return (((number / _block.Users) - _firstRow) * _users.Length) + UsersBefore(_block.UserOf(number)) - _skipped;
    }

    protected override bool TryBegin(ClosedUser user, long now)
    {
        var given = Volatile.Read(ref _given);
        while (true)
        {
            var number = NumberOf(given);
            if (number < 0)
            {
                return false;
            }

            if (given >= Volatile.Read(ref _claimLimit))
            {
                Volatile.Write(ref _lastRefusedAt, now);
                Interlocked.Increment(ref _waiting);
                Scheduler.WaitsToResume();
                return false;
            }

            var found = Interlocked.CompareExchange(ref _given, given + 1, given);
            if (found == given)
            {
                if (given == 0)
                {
                    Volatile.Write(ref _firstGivenAt, now);
                }

                user.Begin(number, now, user.Load.PartAt(now));
                return true;
            }

            given = found;
        }
    }

    private int UsersBefore(int user) => _users.Count(mine => mine < user);
}
