namespace Orca.Results;

/// <summary>Which interval an element of the swarm's list is, and whose.</summary>
/// <param name="Fencing">The fencing number of the leader that closed it.</param>
/// <param name="Number">Its number in the run.</param>
/// <param name="From">The run time at which it begins.</param>
/// <param name="To">The run time at which it ends.</param>
/// <param name="Correction">Whether it is a correction.</param>
internal sealed record StoredIntervalHeader(long Fencing, int Number, TimeSpan From, TimeSpan To, bool Correction);
