using Orca.Results;
using Orca.TestKit;

namespace Orca.Tests.Runs;

public sealed class FaultyConstructorTests : FaultyTestTests
{
    [Fact]
    public async Task Run_ConstructorThrows_DronesDeclineAndTheSameDronesRunAGoodTest()
    {
        var result = await RunAsync("public SampleLoadTest() => throw new InvalidOperationException(\"no database\");" + TestCompiler.Run);

        AssertAborted(result, "0 of 2 drones joined, and there are no others; declined: drone-", "drone-1: ", "drone-2: ", "the constructor of SampleLoadTest", "InvalidOperationException: no database");
        Assert.Equal(["drone-1", "drone-2"], result.Report!.Events.Where(happened => happened.Kind == RunEventKind.DroneDeclined).Select(happened => happened.Drone).Order());
        await AssertRunsAGoodTestAsync();
    }
}
