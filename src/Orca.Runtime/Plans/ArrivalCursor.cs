namespace Orca.Plans;

/// <summary>A walk over a scenario's arrivals. One user; allocates nothing as it moves.</summary>
internal abstract class ArrivalCursor
{
    /// <summary>The arrival that the cursor stands on; false past the last.</summary>
    public abstract bool TryPeek(out Arrival arrival);

    public abstract void Advance();
}
