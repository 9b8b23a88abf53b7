namespace Orca.Execution;

/// <summary>A user of closed load: iterates for as long as it is wanted.</summary>
internal sealed class ClosedUser(ScenarioLoad load, long id, ClosedDuty duty) : SimulatedUser(load, id)
{
    private ClosedDuty _duty = duty;
    private volatile bool _isActive;
    private volatile bool _isHeldBack;

    /// <summary>Iterations begun under users stages.</summary>
    public long OwnIterations { get; set; }

    /// <summary>Whether its load wants it to iterate.</summary>
    public bool IsActive
    {
        get => _isActive;
        set => _isActive = value;
    }

    /// <summary>Whether it has failed to start, and is not to try again yet.</summary>
    public bool IsHeldBack
    {
        get => _isHeldBack;
        set => _isHeldBack = value;
    }

    public ClosedDuty Duty
    {
        get => Volatile.Read(ref _duty);
        set => Volatile.Write(ref _duty, value);
    }

    public override ulong SeedOfIteration => Duty.SeedOf(this);

    protected override long PlaceOfIteration => Duty.PlaceOf(this);

    protected override bool GoesOn => true;

    protected override long Intended => Began;

    protected override UserTurn Next(long now) => Duty.Next(this, now);

    protected override void StartFailed(long now) => Duty.StartFailed(this, now);
}
