using System.Collections.Immutable;
using Orca.Plans;

namespace Orca.Runs.Workers;

/// <summary>A worker's place in the swarm, once the roster has closed.</summary>
/// <param name="Drone">Rank and count.</param>
/// <param name="Provisional">The share that it will have if every member of the roster starts.</param>
/// <param name="SwarmState">What the swarm's set-up returned, by scenario.</param>
internal sealed record WorkerPlace(DroneInfo Drone, Share Provisional, ImmutableSortedDictionary<string, string> SwarmState);
