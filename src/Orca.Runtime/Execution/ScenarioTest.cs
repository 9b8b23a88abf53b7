using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Orca.Plans;

namespace Orca.Execution;

/// <summary>A constructed test and the scenario that it serves.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Test">Its test, built for it alone.</param>
/// <param name="Parameters">The plan's and the scenario's parameters, secrets resolved.</param>
/// <param name="Logger">Where the test logs to.</param>
internal sealed record ScenarioTest(Scenario Scenario, ILoadTest Test, IConfiguration Parameters, ILogger Logger);
