namespace Orca.Swarm.Documents;

/// <summary>The share of one member.</summary>
/// <param name="Member">The member's field.</param>
/// <param name="Epoch">The number of the dealing.</param>
/// <param name="FromMs">The run time from which it holds, in milliseconds.</param>
/// <param name="Slots">The slots owned, in <c>SlotSet</c>'s text form.</param>
internal sealed record ShareEntry(string Member, int Epoch, double FromMs, string Slots);
