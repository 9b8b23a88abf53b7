namespace Orca.Tool.Output;

/// <summary>A plan that has no problem, in JSON.</summary>
internal sealed record ValidDocument(string Name, string? Package, IReadOnlyList<string> Scenarios, int Drones, double DurationMs);
