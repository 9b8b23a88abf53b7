using System.Text.Json;

namespace Orca.Results;

/// <summary>A result of the test author's own.</summary>
/// <param name="Drone">The drone that made it.</param>
/// <param name="Scenario">The scenario.</param>
/// <param name="Name">Its name.</param>
/// <param name="Value">Any JSON value.</param>
public sealed record AttachmentReport(string Drone, string Scenario, string Name, JsonElement Value);
