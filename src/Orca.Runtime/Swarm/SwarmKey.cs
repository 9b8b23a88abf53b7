namespace Orca.Swarm;

/// <summary>The name of a piece of shared state.</summary>
/// <param name="Name">The full name, tenant and swarm included.</param>
/// <param name="Lifetime">How long it is kept after its last write, or null for good.</param>
internal readonly record struct SwarmKey(string Name, TimeSpan? Lifetime);
