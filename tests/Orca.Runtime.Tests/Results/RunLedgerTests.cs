using Orca.Measurement;
using Orca.Plans;
using Orca.Results;

namespace Orca.Tests.Results;

public class RunLedgerTests
{
    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    [Fact]
    public void Add_OlderOrEqualSequence_IsRefused()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Closed("browse", 1, 10)));
        var drone = run.Drones[0];
        var first = drone.Iterate(3).Cut(1);
        var second = drone.Iterate(4).Cut(2);

        Assert.True(run.Ledger.Add(second));
        Assert.False(run.Ledger.Add(first));
        Assert.False(run.Ledger.Add(second));
        Assert.Equal(7, run.Complete(10).Totals.Finished);
    }

    [Fact]
    public void CloseIntervals_AllLiveDronesReported_ClosesWithTheWorkOfThatInterval()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Open("pay", 10, 10)), drones: 2);
        run.Drones[0].Iterate(3);
        run.Drones[1].Iterate(4, error: "Timeout");

        Assert.Equal(7, Assert.Single(run.Report(1)).Total.Started);
        run.Drones[0].Iterate(2);
        var second = Assert.Single(run.Report(2));

        Assert.Equal((1, At(1), At(2)), (second.Number, second.From, second.To));
        Assert.Equal((2L, 2L, 0L, 10L), (second.Total.Started, second.Total.Ok, second.Total.Failed, second.Total.ArrivalsAsked));
        Assert.Equal(2, second.Total.Rate);
        Assert.False(second.Wide);
        Assert.Empty(second.Missing);
        Assert.Equal(["d1", "d2"], second.Drones.Select(drone => drone.Drone));
        Assert.Equal(0.25, second.Drones[0].Cpu);
        Assert.NotNull(second.Detail);
        Assert.Null(run.Ledger.Intervals[1].Detail);
    }

    [Fact]
    public void CloseIntervals_OneDroneBehind_WaitsForIt()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Closed("browse", 1, 10)), drones: 2);
        run.Ledger.Add(run.Drones[0].Iterate(1).Cut(1));

        Assert.Empty(run.Close(2.9));
        run.Ledger.Add(run.Drones[1].Iterate(1).Cut(1));
        Assert.Equal(2, Assert.Single(run.Close(2.9)).Total.Started);
    }

    [Fact]
    public void CloseIntervals_DroneTwoIntervalsBehind_ClosesWithoutItAndCorrectsLater()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Closed("browse", 1, 5)), drones: 2);
        var (prompt, slow) = (run.Drones[0], run.Drones[1]);
        run.Ledger.Add(prompt.Iterate(1).Cut(1));
        run.Ledger.Add(prompt.Iterate(1).Cut(2));
        run.Ledger.Add(prompt.Iterate(1).Cut(3));

        var closed = Assert.Single(run.Close(3));
        Assert.Equal(["d2"], closed.Missing);
        Assert.Equal(1, closed.Total.Started);

        run.Ledger.Add(slow.Iterate(10).Cut(3));
        run.Close(3);
        var report = run.Finish(5);

        var correction = report.Intervals[^1];
        Assert.True(correction.Correction);
        Assert.Equal(10, correction.Total.Started);
        Assert.Equal(13, report.Totals.Started);
        Assert.Equal(13, report.Intervals.Sum(interval => interval.Total.Started));
        Assert.Equal(1, report.Intervals.Count(interval => interval.Correction));
    }

    [Fact]
    public void CloseIntervals_SnapshotSkippedABoundary_ClosesOneWideInterval()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Closed("browse", 1, 5)), drones: 2);
        run.Ledger.Add(run.Drones[0].Iterate(1).Cut(1));
        run.Ledger.Add(run.Drones[0].Iterate(2).Cut(2));
        run.Drones[1].Iterate(3).Cut(1);
        run.Ledger.Add(run.Drones[1].Iterate(4).Cut(2));

        var wide = Assert.Single(run.Close(2));

        Assert.True(wide.Wide);
        Assert.Equal((At(0), At(2), 10L), (wide.From, wide.To, wide.Total.Started));
        Assert.Equal(5, wide.Total.Rate);
        Assert.Equal(1, run.Finish(5).Completeness.IntervalsMissing - 2);
    }

    [Fact]
    public void CloseIntervals_LostDrone_IsNotWaitedForAndItsLastSnapshotStays()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Closed("browse", 1, 5)), drones: 2);
        run.Drones[1].Iterate(5);
        run.Drones[0].Iterate(1);
        run.Report(1);
        run.Ledger.Note(new(RunEventKind.DroneLost, run.Started.StartTime, "Drone d2 was lost.") { Drone = "d2" });

        run.Ledger.Add(run.Drones[0].Iterate(1).Cut(2));
        var closed = run.Ledger.CloseIntervals([run.Drones[0].Key], At(2));
        Assert.Equal(1, Assert.Single(closed).Total.Started);
        Assert.Equal(1, closed[0].Total.Users + 1);

        run.Ledger.Add(run.Drones[0].Cut(5, final: true));
        var report = run.Complete(5);
        Assert.Equal(7, report.Totals.Started);
        Assert.True(report.Drones[1].Lost);
        Assert.Equal(At(1), report.Drones[1].MeasuredTo);
        Assert.Equal(["d2"], report.Completeness.DronesUnfinished);
    }

    [Fact]
    public void Complete_RestartedIncarnation_IsAddedUp()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Closed("browse", 1, 5)));
        run.Drones[0].Iterate(5);
        run.Report(1);
        var again = new FakeDrone(run.Started.Plan, "d1", "i2");
        run.Ledger.Add(again.Iterate(2).Cut(3, final: true));

        var report = run.Finish(5);

        Assert.Equal(7, report.Totals.Started);
        Assert.Equal(["i1", "i2"], report.Drones.Select(drone => drone.Incarnation));
        Assert.Null(report.Drones[1].Rank);
        Assert.Equal(5 / 7.0, report.Drones[0].Share);
    }

    [Fact]
    public void Complete_FinalSnapshotPastTheLastBoundary_MakesOneLastShortInterval()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Closed("browse", 1, 2)));
        run.Drones[0].Iterate(1);
        run.Report(1);
        run.Drones[0].Iterate(2);
        run.Report(2);
        run.Ledger.Add(run.Drones[0].Iterate(4).Cut(2.25, final: true));

        var last = run.Complete(2).Intervals[^1];

        Assert.Equal((At(2), At(2.25), 4L), (last.From, last.To, last.Total.Started));
        Assert.Equal(4, last.Total.Rate);
        Assert.False(last.Wide);
    }

    [Fact]
    public void CloseIntervals_NobodyAlive_ClosesEmptyIntervalsOnceTheyAreOld()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Closed("browse", 1, 9)));
        Assert.Empty(run.Ledger.CloseIntervals([], At(2.9)));
        Assert.Equal(At(1), Assert.Single(run.Ledger.CloseIntervals([], At(3))).To);
    }

    [Fact]
    public void CloseIntervals_LeaderThatCameLate_BeginsWithOneWideInterval()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Closed("browse", 1, 60)), drones: 2);
        run.Ledger.Add(run.Drones[0].Iterate(30).Cut(30));
        Assert.Empty(run.Close(30.5));
        run.Ledger.Add(run.Drones[1].Iterate(31).Cut(31));
        Assert.Empty(run.Close(31.5));

        var wide = Assert.Single(run.Report(32));

        Assert.Equal((At(0), At(32), true, 61L), (wide.From, wide.To, wide.Wide, wide.Total.Started));
        Assert.DoesNotContain(run.Finish(60).Intervals, interval => interval.Correction);
    }

    [Fact]
    public void CloseIntervals_DronesThatNeverAgreeOnABoundary_AreClosedAllTheSame()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Closed("browse", 1, 20)), drones: 2);
        for (var second = 2; second <= 20; second++)
        {
            run.Ledger.Add(run.Drones[second % 2].Iterate(1).Cut(second));
            run.Close(second);
        }

        Assert.InRange(run.Ledger.Intervals[^1].To, At(17), At(18));
        var report = run.Finish(20);
        Assert.Equal(19, report.Intervals.Sum(interval => interval.Total.Started));
    }

    [Fact]
    public void Interval_ManyDrones_IsASecondForEachHundred()
    {
        Assert.Equal(At(2.5), new FakeRun(FakeRun.Plan(FakeRun.Closed("browse", 1, 9)), drones: 250).Started.Interval);
        Assert.Equal(At(1), new FakeRun(FakeRun.Plan(FakeRun.Closed("browse", 1, 9)), drones: 99).Started.Interval);
    }

    [Fact]
    public void Complete_WarmUp_IsKeptApart()
    {
        var plan = FakeRun.Plan(FakeRun.Open("pay", 10, 3)) with { WarmUp = At(1) };
        var run = new FakeRun(plan);
        run.Drones[0].Iterate(10, milliseconds: 500, warmUp: true);
        var first = Assert.Single(run.Report(1));
        run.Drones[0].Iterate(10);
        run.Report(2);
        run.Drones[0].Iterate(10);
        var report = run.Finish(3);

        Assert.Equal(10, first.Total.Started);
        Assert.Equal(0, first.Scenarios[0].Started);
        Assert.Equal(10, Assert.Single(first.WarmUp).ArrivalsAsked);
        Assert.Equal((20L, 10.0), (report.Totals.Started, report.Totals.Rate));
        Assert.Equal(10, report.Scenarios[0].WarmUp!.Started);
        Assert.InRange(report.Totals.Response!.Max, 10, 11);
        Assert.Equal((20L, 20L), (report.Completeness.Scenarios[0].ArrivalsPlanned, report.Completeness.Scenarios[0].ArrivalsStarted));
        Assert.Equal(Verdict.Passed, report.Verdict);
    }

    [Fact]
    public void BrokenAbortingThresholds_ClosedIntervalBreaksOne_ReportsItOnceAndKeepsIt()
    {
        var plan = FakeRun.Plan(FakeRun.Open("pay", 10, 5)) with
        {
            Thresholds = [Thresholds.That("pay errors < 10%", new(StatisticKind.Errors), "<", 0.1, percent: true) with { Abort = true, After = At(2) }],
        };
        var run = new FakeRun(plan);
        run.Drones[0].Iterate(10, error: "Timeout");
        var closed = run.Report(1);

        Assert.Empty(run.Ledger.BrokenAbortingThresholds());
        Assert.False(Assert.Single(closed[0].Thresholds).Passed);

        run.Drones[0].Iterate(10, error: "Timeout");
        run.Report(2);
        var broken = Assert.Single(run.Ledger.BrokenAbortingThresholds());
        Assert.Equal((100.0, At(2)), (broken.Value, broken.FirstFailedAt));
        Assert.Equal(RunEventKind.ThresholdFailed, Assert.Single(run.Ledger.TakeEvents()).Kind);
        Assert.Empty(run.Ledger.TakeEvents());

        var report = run.Finish(2, ending => ending with { AbortedByThreshold = true });
        Assert.Equal((Verdict.Failed, ExitCode.Failed), (report.Verdict, report.ExitCode));
        Assert.True(report.Thresholds[0].EndedRun);
        Assert.Single(report.Events);
    }

    [Fact]
    public void BrokenAbortingThresholds_WhatOnlyGrows_IsNotBrokenBeforeTheEnd()
    {
        var plan = FakeRun.Plan(FakeRun.Open("pay", 10, 5)) with
        {
            Thresholds = [Thresholds.That("pay count > 40", new(StatisticKind.Count), ">", 40) with { Abort = true }],
        };
        var run = new FakeRun(plan);
        run.Drones[0].Iterate(10);
        run.Report(1);

        Assert.Empty(run.Ledger.BrokenAbortingThresholds());
    }

    [Fact]
    public void Complete_Attachments_ComeWithTheirDrone()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Closed("browse", 1, 1)));
        run.Drones[0].Attachments.Add(new("browse", "sizes", "[1, 2]"));
        run.Drones[0].Attachments.Add(new("browse", "broken", "{"));

        var attached = run.Finish(1).Attachments;

        Assert.Equal(("d1", "browse", "sizes", 2), (attached[0].Drone, attached[0].Scenario, attached[0].Name, attached[0].Value.GetArrayLength()));
        Assert.Equal("{", attached[1].Value.GetString());
    }
}
