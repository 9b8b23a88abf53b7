namespace Orca.Plans;

/// <summary>Iterations that a drone has claimed, or wants to: only what it has claimed may it start.</summary>
/// <remarks>
/// Of an iterations stage, the one that holds iteration <paramref name="Below"/> − 1: all its iterations that fall in <paramref name="Slots"/>
/// and are numbered below <paramref name="Below"/>. A later claim of the same drone replaces its earlier ones.
/// </remarks>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Slots">Slots of the drone that it came by together, so that it is equally far in all of them.</param>
/// <param name="Below">The number, in the scenario, past the last one claimed.</param>
internal sealed record IterationClaim(string Scenario, SlotSet Slots, long Below);
