using Orca.Results;
using Orca.TestKit;

namespace Orca.Tests.Runs;

public sealed class PartlyFaultySetUpTests : FaultyTestTests
{
    [Fact]
    public async Task Run_SetUpThrowsOnOneMoreThanIsNeeded_TheRestCarriesAllAndTheSameDronesRunAGoodTest()
    {
        var result = await RunAsync(
            "public ValueTask SetUpAsync(LoadTestContext context, CancellationToken ct) => context.Drone.Index == 0 ? throw new InvalidOperationException(\"no login\") : default;" + TestCompiler.Run,
            quorum: """{ "min": 1, "max": 2, "wait": "30s" }""");

        Assert.Equal(ExitCode.Passed, result.ExitCode);
        AssertAllOk(result.Report!, drones: 1);
        var dropped = Assert.Single(result.Report!.Events, happened => happened.Kind == RunEventKind.DroneDropped);
        Assert.Contains("no login", dropped.Text, StringComparison.Ordinal);
        await AssertRunsAGoodTestAsync();
    }
}
