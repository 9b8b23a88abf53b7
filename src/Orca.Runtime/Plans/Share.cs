namespace Orca.Plans;

/// <summary>What of the load one drone owns from a run time on.</summary>
/// <param name="Epoch">The number of this dealing, from 0; a higher one replaces a lower one from its time on.</param>
/// <param name="From">The run time from which it holds.</param>
/// <param name="Slots">The slots owned.</param>
internal sealed record Share(int Epoch, TimeSpan From, SlotSet Slots)
{
    /// <summary>
    /// What all drones lost so far had claimed: iterations that whoever gains their slots must not start, for they may have run. Where
    /// it is null nothing is known of that, and of a stage that has begun nothing is gained. Default: null.
    /// </summary>
    /// <remarks>Claims of slots that are not gained mean nothing, and of several claims of a slot the furthest counts.</remarks>
    public IReadOnlyList<IterationClaim>? Claimed { get; init; }
}
