namespace Orca.Execution;

/// <summary>What a user of closed load is there for: what gives it its next iteration.</summary>
internal abstract class ClosedDuty(UserScheduler scheduler)
{
    /// <summary>Whether there is an iteration for the next user that comes.</summary>
    public abstract bool HasWork { get; }

    protected UserScheduler Scheduler => scheduler;

    /// <summary>The seed of the iteration that a user is in.</summary>
    public virtual ulong SeedOf(ClosedUser user) => SeededRandom.Mix(user.Load.Seed, (ulong)user.IterationNumber);

    /// <summary>The place, among all of the scenario, of the iteration that a user is in.</summary>
    public virtual long PlaceOf(ClosedUser user) => user.IterationNumber;

    public UserTurn Next(ClosedUser user, long now)
    {
        if (scheduler.MayWork(user, now))
        {
            if (!user.IsStarted)
            {
                user.BeginStart(now);
                return UserTurn.Start;
            }

            if (TryBegin(user, now))
            {
                return UserTurn.Iterate;
            }
        }

        scheduler.Rest(user);
        return UserTurn.Parked;
    }

    public void StartFailed(ClosedUser user, long now) => scheduler.StartAgainLater(user, now);

    /// <summary>Begins the user's next iteration, where there is one.</summary>
    protected abstract bool TryBegin(ClosedUser user, long now);
}
