namespace Orca.Hosting.Drones;

/// <summary>What this host's drones are to do.</summary>
/// <param name="Options">Their options, validated.</param>
internal sealed record DroneRole(OrcaDroneOptions Options);
