namespace Orca.Hosting;

/// <summary>What one iteration of a plan's scenario came to.</summary>
internal sealed record ScenarioOnce(string Scenario, RunOnceResult Result);
