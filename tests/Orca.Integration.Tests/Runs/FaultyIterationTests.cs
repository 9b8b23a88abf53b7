using Orca.TestKit;

namespace Orca.Tests.Runs;

public sealed class FaultyIterationTests : FaultyTestTests
{
    [Fact]
    public async Task Run_EveryOtherIterationThrows_CountsAsFailedAndTheSameDronesRunAGoodTest()
    {
        var result = await RunAsync("""
            public async ValueTask RunAsync(VirtualUser user, CancellationToken ct) {
                await Task.Yield();
                if (user.Iteration % 2 == 1) throw new TimeoutException("no answer"); }
            """);

        Assert.Empty(result.Problems);
        Assert.Equal(ExitCode.Passed, result.ExitCode);
        var work = result.Report!.Scenarios[0].Measured;
        Assert.Equal(50, work.Started + work.Missed);
        Assert.Equal(work.Started, work.Ok + work.Failed);
        Assert.InRange(work.Failed, 25 - work.Missed, 25);
        Assert.InRange(work.Ok, 25 - work.Missed, 25);
        var error = Assert.Single(work.Errors);
        Assert.Equal(work.Failed, error.Count);
        Assert.Contains("TimeoutException", error.Kind, StringComparison.Ordinal);
        Assert.Contains("no answer", error.Sample, StringComparison.Ordinal);
        Assert.DoesNotContain(Log.Lines, line => line.Text.Contains("did not unload", StringComparison.Ordinal));
        await AssertRunsAGoodTestAsync();
    }
}
