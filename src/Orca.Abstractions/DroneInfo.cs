namespace Orca;

/// <summary>A drone's place in its swarm, as it was when the roster closed; it never changes in a run.</summary>
/// <param name="Index">The drone's rank, from 0 to <paramref name="Count"/> − 1.</param>
/// <param name="Count">How many drones the run began with, at least 1.</param>
public sealed record DroneInfo(int Index, int Count);
