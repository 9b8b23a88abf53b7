using Orca.Plans;

namespace Orca.Execution;

/// <summary>The duty of an iterations stage: this drone's users share this drone's iterations, each of which is given out once.</summary>
internal sealed class IterationsDuty : ClosedDuty
{
    private readonly IterationBlock _block;
    private readonly int[] _users;
    private readonly long _firstRow;
    private readonly int _skipped;
    private long _given;
    private long _claimLimit = long.MaxValue;

    /// <param name="scheduler">Whose users do the work.</param>
    /// <param name="block">The stage.</param>
    /// <param name="slots">The slots that this drone owns as the stage begins.</param>
    public IterationsDuty(UserScheduler scheduler, IterationBlock block, SlotSet slots)
        : base(scheduler)
    {
        _block = block;
        _users = [.. Enumerable.Range(0, block.Users).Where(user => slots.Owns(user))];
        _firstRow = block.First / block.Users;
        var firstUser = block.UserOf(block.First);
        _skipped = _users.Count(user => user < firstUser);
    }

    public IterationBlock Block => _block;

    /// <summary>This drone's users of the stage.</summary>
    public IReadOnlyList<int> Users => _users;

    /// <summary>How many of this drone's iterations, in their order, may be given out: those that it has claimed. Default: all.</summary>
    /// <remarks>Raised only; <see cref="UserScheduler.Resume"/> then wakes the users that wait for it.</remarks>
    public long ClaimLimit
    {
        get => Volatile.Read(ref _claimLimit);
        set => Volatile.Write(ref _claimLimit, value);
    }

    public override bool HasWork => Given < ClaimLimit && NumberOf(Given) >= 0;

    /// <summary>How many of this drone's iterations were given out.</summary>
    public long Given => Volatile.Read(ref _given);

    /// <summary>The number of this drone's n-th iteration of the stage, or −1 past its last.</summary>
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

    protected override bool TryBegin(UserLoop user, long now)
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
                Scheduler.WaitsToResume();
                return false;
            }

            var found = Interlocked.CompareExchange(ref _given, given + 1, given);
            if (found == given)
            {
                user.Begin(number, now, now, user.Load.PartAt(now));
                return true;
            }

            given = found;
        }
    }
}
