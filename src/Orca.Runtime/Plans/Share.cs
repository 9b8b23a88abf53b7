namespace Orca.Plans;

/// <summary>What of the load one drone owns from a run time on.</summary>
/// <param name="Epoch">The number of this dealing, from 0; a higher one replaces a lower one from its time on.</param>
/// <param name="From">The run time from which it holds.</param>
/// <param name="Slots">The slots owned.</param>
internal sealed record Share(int Epoch, TimeSpan From, SlotSet Slots);
