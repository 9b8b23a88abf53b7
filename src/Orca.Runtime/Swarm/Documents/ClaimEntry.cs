namespace Orca.Swarm.Documents;

/// <summary>Iterations that a member has claimed: only those it may start.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Slots">The slots that the iterations fall in, in <c>SlotSet</c>'s text form.</param>
/// <param name="Below">The number, in the scenario, past the last one claimed.</param>
internal sealed record ClaimEntry(string Scenario, string Slots, long Below);
