using Orca.Plans;

namespace Orca.Runs.Workers;

/// <summary>What a worker still has before it, as its drone's next heartbeat tells the swarm.</summary>
/// <param name="Claims">The iterations to be claimed by now. No claim ever recedes: each list replaces the one before.</param>
/// <param name="IsDone">Whether nothing is left to start or to finish under the shares that the worker knows.</param>
internal sealed record WorkAhead(IReadOnlyList<IterationClaim> Claims, bool IsDone)
{
    public static WorkAhead None { get; } = new([], IsDone: false);
}
