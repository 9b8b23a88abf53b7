namespace Orca.Plans;

/// <summary>The shares that one drone has held, one after the other. One writer; readers see a consistent state.</summary>
internal sealed class ShareTimeline(Share first)
{
    public Share Current => first;

    /// <summary>Adds a share of a higher epoch; an equal or lower one changes nothing.</summary>
    public bool Apply(Share share) => throw new NotImplementedException();

    /// <summary>Whether this drone owns that number at that run time.</summary>
    public bool Owns(long number, TimeSpan at) => throw new NotImplementedException();
}
