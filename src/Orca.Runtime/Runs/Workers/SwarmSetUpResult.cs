using System.Collections.Immutable;

namespace Orca.Runs.Workers;

/// <summary>What the swarm's set-up came to.</summary>
/// <param name="Any">Whether any test has one, and so a tear-down too.</param>
/// <param name="State">What they returned, by scenario.</param>
internal sealed record SwarmSetUpResult(bool Any, ImmutableSortedDictionary<string, string> State);
