namespace Orca.Execution;

/// <summary>A user of open load: makes one iteration for each arrival that it is given.</summary>
internal sealed class ArrivalUser(ScenarioLoad load, long id, ArrivalScheduler scheduler) : SimulatedUser(load, id)
{
    /// <summary>The next one in the list of idle users.</summary>
    public ArrivalUser? NextIdle { get; set; }

    /// <summary>Where the user stands in its roster, which alone sets it.</summary>
    public int PlaceInRoster { get; set; }

    /// <summary>An arrival's number, while it waits for this user; else −1.</summary>
    public long Arrival { get; set; } = -1;

    /// <summary>The timestamp at which that arrival, or the one that the user is in, is due.</summary>
    public long Due { get; set; }

    protected override bool GoesOn => false;

    protected override long Intended => Due;

    protected override UserTurn Next(long now) => scheduler.Next(this, now);

    protected override void StartFailed(long now) => scheduler.StartFailed(this);

    protected override void AbandonedInQueue() => scheduler.AbandonedInQueue(this);
}
