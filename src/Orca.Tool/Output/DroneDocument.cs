namespace Orca.Tool.Output;

/// <summary>A drone of a swarm, in JSON.</summary>
internal sealed record DroneDocument(string Drone, string Host, string Version, string? Run);
