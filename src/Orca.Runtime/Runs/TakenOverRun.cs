using Orca.Swarm.Documents;

namespace Orca.Runs;

/// <summary>A run that has lost its leader, taken over by another: the lease is held, the document carries the new fencing number.</summary>
internal sealed record TakenOverRun(PreparedRun Prepared, RunDocument Document, LeaderLease Lease);
