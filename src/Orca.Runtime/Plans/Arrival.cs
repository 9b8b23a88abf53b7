namespace Orca.Plans;

/// <summary>One arrival of the global schedule.</summary>
/// <param name="Number">Its number in the scenario, from 0.</param>
/// <param name="Due">The run time at which it is to start.</param>
internal readonly record struct Arrival(long Number, TimeSpan Due);
