namespace Orca.Execution;

/// <summary>The duty of a user that goes on from one iteration to the next while its load wants it.</summary>
internal abstract class ClosedDuty(UserScheduler scheduler) : UserDuty
{
    public override bool IsClosed => true;

    /// <summary>Whether there is an iteration for the next user that comes.</summary>
    public abstract bool HasWork { get; }

    protected UserScheduler Scheduler => scheduler;

    public sealed override UserTurn Next(UserLoop user, long now)
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

    public sealed override void StartFailed(UserLoop user, long now) => scheduler.StartAgainLater(user, now);

    /// <summary>Begins the user's next iteration, where there is one.</summary>
    protected abstract bool TryBegin(UserLoop user, long now);
}
