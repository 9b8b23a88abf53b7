namespace Orca.Results;

/// <summary>An event as it was read from the swarm's list.</summary>
/// <param name="Fencing">The fencing number of the leader that noted it.</param>
/// <param name="Event">The event.</param>
internal sealed record StoredEvent(long Fencing, RunEvent Event);
