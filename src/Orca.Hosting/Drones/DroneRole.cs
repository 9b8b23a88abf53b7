namespace Orca.Hosting.Drones;

/// <summary>What this host's drones are to do.</summary>
/// <param name="Options">Their options, validated.</param>
/// <param name="Kill">Which of them ends without warning, or null.</param>
internal sealed record DroneRole(OrcaDroneOptions Options, DroneKill? Kill = null);
