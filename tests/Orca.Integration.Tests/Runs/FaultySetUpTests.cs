using Orca.Results;
using Orca.TestKit;

namespace Orca.Tests.Runs;

public sealed class FaultySetUpTests : FaultyTestTests
{
    private const string HangsOnTheFirst = """
        public async ValueTask SetUpAsync(LoadTestContext context, CancellationToken ct) {
            if (context.Drone.Index == 0) await Task.Delay(Timeout.Infinite, CancellationToken.None); }
        """ + TestCompiler.Run;

    [Fact]
    public async Task Run_SetUpThrows_IsAbortedWithTheReasonAndTheSameDronesRunAGoodTest()
    {
        var result = await RunAsync("public ValueTask SetUpAsync(LoadTestContext context, CancellationToken ct) => throw new InvalidOperationException(\"no login\");" + TestCompiler.Run);

        AssertAborted(result, " of 2 drones are ready; left out: drone-", "SetUpAsync of scenario 'go'", "InvalidOperationException: no login");
        Assert.Contains(result.Report!.Events, happened => happened.Kind == RunEventKind.DroneDropped);
        await AssertRunsAGoodTestAsync();
    }

    [Fact]
    public async Task Run_SetUpHangsOnOneOfTwoAndBothAreNeeded_IsAbortedAfterItsTimeAndTheSameDronesRunAGoodTest()
    {
        var result = await RunAsync(HangsOnTheFirst, more: "\"setUpTimeout\": \"1s\",");

        AssertAborted(result, "1 of 2 drones are ready; left out: drone-1: ", "SetUpAsync of scenario 'go'", "setUpTimeout");
        await AssertRunsAGoodTestAsync();
    }
}
