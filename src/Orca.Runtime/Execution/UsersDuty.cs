namespace Orca.Execution;

/// <summary>The duty of users stages: iterate until told otherwise; the user numbers its iterations itself.</summary>
internal sealed class UsersDuty(UserScheduler scheduler) : ClosedDuty(scheduler)
{
    public override bool HasWork => true;

    public override ulong SeedOf(ClosedUser user) =>
        SeededRandom.Mix(SeededRandom.Mix(user.Load.Seed, (ulong)user.Id), (ulong)user.IterationNumber);

    public override long PlaceOf(ClosedUser user) => user.Id + user.IterationNumber;

    protected override bool TryBegin(ClosedUser user, long now)
    {
        user.Begin(user.OwnIterations++, now, user.Load.PartAt(now));
        return true;
    }
}
