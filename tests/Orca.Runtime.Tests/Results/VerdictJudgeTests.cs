using Orca.Plans;
using Orca.Results;

namespace Orca.Tests.Results;

public class VerdictJudgeTests
{
    private static readonly Threshold _failing = Thresholds.That("pay count > 1000", new(StatisticKind.Count), ">", 1000);

    [Theory]
    [InlineData(false, false, false, Verdict.Passed, ExitCode.Passed)]
    [InlineData(true, false, false, Verdict.Failed, ExitCode.Failed)]
    [InlineData(true, true, false, Verdict.Invalid, ExitCode.Invalid)]
    [InlineData(true, true, true, Verdict.Aborted, ExitCode.Aborted)]
    [InlineData(false, false, true, Verdict.Aborted, ExitCode.Aborted)]
    public void Complete_SeveralReasons_TheGravestDecidesAndAllAreKept(bool fails, bool invalid, bool aborted, Verdict verdict, int exitCode)
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Open("pay", 100, 1)) with { Thresholds = fails ? [_failing] : [] });
        run.Drones[0].Iterate(invalid ? 90 : 100);
        run.Drones[0][0].Dropped = invalid ? 10 : 0;
        var report = run.Finish(1, ending => ending with { Aborted = aborted ? new Problem("A stop was requested.") : null });

        Assert.Equal((verdict, exitCode), (report.Verdict, report.ExitCode));
        Assert.Equal((fails ? 1 : 0) + (invalid ? 1 : 0) + (aborted ? 1 : 0), report.Reasons.Length);
        Assert.Equal(report.Reasons.OrderByDescending(reason => reason.Verdict), report.Reasons);
    }

    [Fact]
    public void Complete_Interrupted_EndsWith130()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Open("pay", 100, 1)));
        run.Drones[0].Iterate(100);

        var report = run.Finish(1, ending => ending with { Interrupted = true });

        Assert.Equal((Verdict.Aborted, ExitCode.Interrupted), (report.Verdict, report.ExitCode));
    }

    [Fact]
    public void Complete_AbortingThresholdUnknownToThisLeader_StillFails()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Open("pay", 100, 1)));
        run.Drones[0].Iterate(100);

        Assert.Equal(Verdict.Failed, run.Finish(1, ending => ending with { AbortedByThreshold = true }).Verdict);
    }

    [Fact]
    public void Complete_LoadNeverBegan_IsAbortedAndNothingElse()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Open("pay", 100, 1)) with { Thresholds = [_failing] });

        var report = run.Complete(0, ending => ending with { Aborted = new Problem("Only 1 of 3 drones joined within 120 s.") });

        Assert.Equal((Verdict.Aborted, ExitCode.Aborted), (report.Verdict, report.ExitCode));
        Assert.Equal("Only 1 of 3 drones joined within 120 s.", Assert.Single(report.Reasons).Text);
        Assert.Null(report.StartTime);
        Assert.Empty(report.Intervals);
        Assert.Equal("The load never began.", Assert.Single(report.Thresholds).Reason);
    }
}
