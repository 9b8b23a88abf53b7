namespace Orca.Hosting.Leaders;

/// <summary>What this host's leader is to do.</summary>
/// <param name="Options">Its options, validated.</param>
/// <param name="Drones">How many drones there can ever be, or null where that is not known.</param>
internal sealed record LeaderRole(OrcaLeaderOptions Options, int? Drones);
