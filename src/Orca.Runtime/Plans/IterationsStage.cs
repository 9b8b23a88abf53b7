namespace Orca.Plans;

/// <summary>Closed load of a fixed number of iterations.</summary>
/// <param name="Iterations">How many iterations, in the swarm.</param>
/// <param name="Users">How many users share them, in the swarm.</param>
/// <param name="Duration">How long they may take.</param>
public sealed record IterationsStage(long Iterations, int Users, TimeSpan Duration) : LoadStage(Duration);
