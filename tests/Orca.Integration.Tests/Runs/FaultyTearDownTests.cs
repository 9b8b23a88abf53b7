using Orca.Results;
using Orca.TestKit;

namespace Orca.Tests.Runs;

public sealed class FaultyTearDownTests : FaultyTestTests
{
    [Fact]
    public async Task Run_TearDownThrows_IsReportedWithTheNumbersIntactAndTheSameDronesRunAGoodTest()
    {
        var result = await RunAsync("public ValueTask TearDownAsync(LoadTestContext context, CancellationToken ct) => throw new InvalidOperationException(\"still open\");" + TestCompiler.Run);

        Assert.Equal(ExitCode.Passed, result.ExitCode);
        AssertAllOk(result.Report!, drones: 2);
        var failed = result.Report!.Events.Where(happened => happened.Kind == RunEventKind.DroneFailed).ToList();
        Assert.Equal(["drone-1", "drone-2"], failed.Select(happened => happened.Drone).Order());
        Assert.All(failed, happened => Assert.Contains("TearDownAsync of scenario 'go' (test 'sample') failed with InvalidOperationException: still open", happened.Text, StringComparison.Ordinal));
        await AssertRunsAGoodTestAsync();
    }
}
