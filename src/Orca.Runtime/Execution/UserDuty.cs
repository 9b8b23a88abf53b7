namespace Orca.Execution;

/// <summary>What a user is there for: the load that gives it its next iteration.</summary>
internal abstract class UserDuty
{
    /// <summary>Whether a user goes on with the next iteration of its own accord, and so must give way now and then.</summary>
    public abstract bool IsClosed { get; }

    /// <summary>The seed of the iteration that the user is in.</summary>
    public virtual ulong SeedOf(UserLoop user) => SeededRandom.Mix(user.Load.Seed, (ulong)user.IterationNumber);

    /// <summary>The place, among all of the scenario, of the iteration that the user is in, the same in every run.</summary>
    public virtual long PlaceOf(UserLoop user) => user.IterationNumber;

    /// <summary>Decides what the user does at a timestamp. Has begun the iteration where it says so; has parked the user where it says that.</summary>
    public abstract UserTurn Next(UserLoop user, long now);

    /// <summary>The user could not be started; it is no longer busy.</summary>
    public abstract void StartFailed(UserLoop user, long now);

    /// <summary>A user that was queued for this duty was abandoned before it had its turn.</summary>
    public virtual void AbandonedInQueue(UserLoop user)
    {
    }
}
