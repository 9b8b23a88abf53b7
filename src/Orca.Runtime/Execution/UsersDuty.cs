namespace Orca.Execution;

/// <summary>The duty of users stages: iterate until told otherwise; the user numbers its iterations itself.</summary>
internal sealed class UsersDuty(UserScheduler scheduler) : ClosedDuty(scheduler)
{
    public override bool HasWork => true;

    public override ulong SeedOf(UserLoop user) =>
        SeededRandom.Mix(SeededRandom.Mix(user.Load.Seed, (ulong)user.Id), (ulong)user.IterationNumber);

    public override long PlaceOf(UserLoop user) => user.Id + user.IterationNumber;

    protected override bool TryBegin(UserLoop user, long now)
    {
        user.Begin(user.OwnIterations++, now, now, user.Load.PartAt(now));
        return true;
    }
}
