namespace Orca.Hosting.Drones;

/// <summary>Which drone of a host ends without warning, and at which run time: a rehearsal of a crash.</summary>
internal sealed record DroneKill(int Number, TimeSpan At);
