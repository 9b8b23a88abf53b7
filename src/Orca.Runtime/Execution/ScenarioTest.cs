using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Orca.Plans;

namespace Orca.Execution;

/// <summary>A constructed test and the scenario that it serves.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Test">Its test, built for it alone.</param>
/// <param name="Parameters">The plan's and the scenario's parameters, secrets resolved.</param>
/// <param name="Logger">Where the test logs to.</param>
internal sealed record ScenarioTest(Scenario Scenario, ILoadTest Test, IConfiguration Parameters, ILogger Logger)
{
    /// <summary>Whether the test has a <see cref="ILoadTest.StartUserAsync"/> of its own, and starting a user is something to measure.</summary>
    public bool StartsUsers { get; init; } = StartsUsersOfItsOwn(Test);

    /// <summary>As <see cref="StartsUsers"/>.</summary>
    public static bool StartsUsersOfItsOwn(ILoadTest test)
    {
        var map = test.GetType().GetInterfaceMap(typeof(ILoadTest));
        return map.TargetMethods[Array.FindIndex(map.InterfaceMethods, method => method.Name == nameof(ILoadTest.StartUserAsync))]?.DeclaringType != typeof(ILoadTest);
    }
}
