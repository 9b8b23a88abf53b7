using System.Text.Json;
using Orca.Measurement;
using Orca.Plans;
using Orca.Results;
using Orca.TestKit;

namespace Orca.Tests.Results;

/// <summary>Whenever the leader changes, and whatever becomes of snapshots and of what it stored, the report is that of a run with one leader.</summary>
public class ResumeTests
{
    private const int RunSeconds = 14;

    private static RunPlan Plan { get; } =
        FakeRun.Plan(FakeRun.Open("pay", 20, RunSeconds), FakeRun.Closed("browse", 3, RunSeconds)) with
        {
            WarmUp = TimeSpan.FromSeconds(2.5),
            Thresholds =
            [
                Thresholds.That("pay p90 < 60ms", Thresholds.Percentile(90), "<", 60),
                Thresholds.That("pay errors < 10%", new(StatisticKind.Errors), "<", 0.1, percent: true),
                Thresholds.That("browse/search p95 < 4ms", Thresholds.Percentile(95), "<", 4),
                Thresholds.That("browse count < 30", new(StatisticKind.Count), "<", 30),
                Thresholds.That("swarm rate > 1/s", new(StatisticKind.Rate), ">", 1),
            ],
        };

    [Fact]
    public void Restore_LeaderSwitchesAtAnyInstant_TotalsThresholdsAndVerdictStay() => ForSeeds(20, random => new ResumedRun(Plan, RunSeconds, random).Run());

    [Fact]
    public void Restore_SeriesDamaged_TotalsStayAndIntervalsAddUp() => ForSeeds(20, random => new ResumedRun(Plan, RunSeconds, random) { Damaged = true }.Run());

    [Fact]
    public void Restore_ManySwitches_StayTheSame()
    {
        LongTest.Require();
        ForSeeds(500, random => new ResumedRun(Plan, RunSeconds, random) { Damaged = random.Next(2) == 0 }.Run());
    }

    [Fact]
    public void Restore_SecondLeader_BeginsWithOneWideIntervalOfWhatNobodyClosed()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Closed("browse", 1, 10)), drones: 2);
        var stored = new Stored();
        for (var second = 1; second <= 3; second++)
        {
            run.Drones[0].Iterate(5);
            run.Drones[1].Iterate(3).Step("search", 4);
            stored.Add(run.Report(second), fencing: 1);
        }

        run.Drones[0].Iterate(7, 40).SchedulingDelay(10, 3);
        run.Drones[1].Iterate(2, error: "Timeout").Step("search", 2, 9, failed: 1);
        var second2 = new RunLedger(run.Started);
        Assert.Empty(second2.Restore(stored.Series, stored.Events));
        Assert.Equal(3, second2.Intervals.Count);
        second2.Add(run.Drones[0].Cut(6));
        second2.Add(run.Drones[1].Cut(7));
        Assert.Empty(second2.CloseIntervals(run.Live, At(7)));
        second2.Add(run.Drones[0].Cut(7));

        var wide = Assert.Single(second2.CloseIntervals(run.Live, At(7)));

        Assert.Equal((3, At(3), At(7), true), (wide.Number, wide.From, wide.To, wide.Wide));
        Assert.Equal((9L, 7L, 2L, 9 / 4.0), (wide.Total.Started, wide.Total.Ok, wide.Total.Failed, wide.Total.Rate));
        Assert.Equal(40, wide.Total.Response!.Max);
        Assert.Equal([new IntervalErrors("Timeout", 2)], wide.Total.Errors.AsEnumerable());
        var step = Assert.Single(wide.Scenarios[0].Steps);
        Assert.Equal((1L, 1L), (step.Ok, step.Failed));
        Assert.Equal(9, step.Service!.P50, tolerance: 0.01);
        Assert.Equal([7L, 2L], wide.Drones.Select(drone => drone.Started));
        Assert.All(wide.Drones, drone => Assert.Equal(0.25, drone.Cpu, tolerance: 1e-9));
        Assert.All(wide.Drones, drone => Assert.Null(drone.SchedulingDelayP99));
        Assert.Equal(9, wide.Detail!.Measured[0].Started);

        second2.Add(run.Drones[0].Iterate(1).Cut(8));
        second2.Add(run.Drones[1].Cut(8));
        var next = Assert.Single(second2.CloseIntervals(run.Live, At(8)));
        Assert.Equal((4, At(7), At(8), false, 1L), (next.Number, next.From, next.To, next.Wide, next.Total.Started));
    }

    [Fact]
    public void Restore_DroneNotHeardOf_IsTakenOffWhatComesLate()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Closed("browse", 1, 10)), drones: 2);
        var stored = new Stored();
        run.Drones[0].Iterate(5);
        run.Drones[1].Iterate(9);
        stored.Add(run.Report(1), fencing: 1);

        var ledger = new RunLedger(run.Started);
        ledger.Restore(stored.Series, stored.Events);
        ledger.Add(run.Drones[0].Iterate(1).Cut(4));
        Assert.Empty(ledger.CloseIntervals(run.Live, At(5.9)));
        Assert.Equal(["d2"], Assert.Single(ledger.CloseIntervals(run.Live, At(6))).Missing);
        ledger.Add(run.Drones[1].Iterate(1).Cut(10, final: true));
        ledger.Add(run.Drones[0].Cut(10, final: true));
        var report = ledger.Complete(new() { EndTime = run.Started.StartTime.AddSeconds(10), RunTime = At(10) });

        Assert.Equal(16, report.Totals.Started);
        Assert.Equal(16, report.Intervals.Sum(interval => interval.Total.Started));
    }

    [Fact]
    public void Restore_BeforeAnySnapshot_ClosesNothing()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Closed("browse", 1, 60)));
        var ledger = new RunLedger(run.Started);
        ledger.Restore([], []);

        Assert.Empty(ledger.CloseIntervals(run.Live, At(30)));
        ledger.Add(run.Drones[0].Iterate(30).Cut(30));
        var wide = Assert.Single(ledger.CloseIntervals(run.Live, At(30)));
        Assert.Equal((At(0), At(30), true, 30L), (wide.From, wide.To, wide.Wide, wide.Total.Started));
    }

    [Fact]
    public void Restore_NobodyReportsAnyMore_ClosesOneIntervalUpToWhatIsOld()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Closed("browse", 1, 60)));
        var stored = new Stored();
        run.Drones[0].Iterate(3);
        stored.Add(run.Report(1), fencing: 1);
        var ledger = new RunLedger(run.Started);
        ledger.Restore(stored.Series, stored.Events);
        ledger.Add(run.Drones[0].Cut(1));

        var wide = Assert.Single(ledger.CloseIntervals([], At(30.5)));

        Assert.Equal((At(1), At(28), 0L), (wide.From, wide.To, wide.Total.Started));
    }

    [Fact]
    public void Restore_RunThatWasClosedToItsEnd_AddsNothing()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Closed("browse", 1, 2)), drones: 2);
        var stored = new Stored();
        run.Drones[0].Iterate(3);
        stored.Add(run.Report(1), fencing: 1);
        run.Ledger.Add(run.Drones[1].Iterate(4).Cut(1));
        var late = run.Drones[1].Iterate(4).Cut(2, final: true);
        run.Ledger.Add(run.Drones[0].Cut(2, final: true));
        stored.Add(run.Close(5), fencing: 1);
        run.Ledger.Add(late);
        var first = run.Complete(2);
        stored.Add(first.Intervals.Where(interval => interval.Number >= stored.Series.Count), fencing: 1);
        Assert.True(first.Intervals[^1].Correction);

        var ledger = new RunLedger(run.Started);
        Assert.Empty(ledger.Restore(stored.Series, stored.Events));
        ledger.Add(run.Drones[0].Cut(2, final: true));
        ledger.Add(late);
        var second = ledger.Complete(new() { EndTime = run.Started.StartTime.AddSeconds(2), RunTime = At(2) });

        Assert.Equal(Json(first.Intervals), Json(second.Intervals));
        Assert.Equal(11, second.Totals.Started);
    }

    [Fact]
    public void Restore_LeaderDeposed_ItsLaterElementsAreIgnored()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Closed("browse", 1, 10)));
        var stored = new Stored();
        run.Drones[0].Iterate(1);
        var first = run.Report(1);
        run.Drones[0].Iterate(2);
        var second = run.Report(2);
        run.Drones[0].Iterate(4);
        var third = run.Report(3);
        stored.Add(first, fencing: 1);

        var other = new RunLedger(run.Started);
        other.Restore(stored.Series, stored.Events);
        other.Add(run.Drones[0].Cut(3));
        var wide = other.CloseIntervals(run.Live, At(3));
        stored.Add(second, fencing: 1);
        stored.Add(wide, fencing: 2);
        stored.Add(wide, fencing: 2);
        stored.Add(third, fencing: 1);

        var ledger = new RunLedger(run.Started);
        ledger.Restore(stored.Series, stored.Events);

        Assert.Equal([(At(0), At(1), 1L), (At(1), At(3), 6L)], ledger.Intervals.Select(interval => (interval.From, interval.To, interval.Total.Started)));
    }

    [Fact]
    public void Restore_ThresholdThatHadFailed_KeepsItsTimeAndEndsTheRun()
    {
        var plan = FakeRun.Plan(FakeRun.Open("pay", 10, 9)) with
        {
            Thresholds = [Thresholds.That("pay errors < 10%", new(StatisticKind.Errors), "<", 0.1, percent: true) with { Abort = true, After = At(2) }],
        };
        var run = new FakeRun(plan);
        var stored = new Stored();
        for (var second = 1; second <= 3; second++)
        {
            run.Drones[0].Iterate(10, error: second < 3 ? "Timeout" : null);
            stored.Add(run.Report(second), fencing: 1);
        }

        var happened = Assert.Single(run.Ledger.TakeEvents());
        var withEvent = new RunLedger(run.Started);
        withEvent.Restore(stored.Series, [EventCodec.Encode(happened, 1), EventCodec.Encode(happened, 1)]);
        Assert.Empty(withEvent.TakeEvents());
        Assert.Equal(run.Ledger.BrokenAbortingThresholds(), withEvent.BrokenAbortingThresholds());
        Assert.Equal(At(2), withEvent.BrokenAbortingThresholds()[0].FirstFailedAt);

        // The leader died after it had stored the interval and before the event.
        var without = new RunLedger(run.Started);
        without.Restore(stored.Series, []);
        Assert.Equal([happened], without.TakeEvents());
    }

    [Fact]
    public void Restore_SlowThreadPoolInWarmUp_IsStillLeftOutOfWhatIsJudged()
    {
        var plan = FakeRun.Plan(FakeRun.Closed("browse", 1, 6)) with { WarmUp = At(2) };
        var run = new FakeRun(plan);
        var stored = new Stored();
        run.Drones[0].SchedulingDelay(5000, 400);
        for (var second = 1; second <= 3; second++)
        {
            stored.Add(run.Report(second), fencing: 1);
            run.Drones[0].Iterate(100).SchedulingDelay(50, 0.1).UserTime(2);
        }

        var final = run.Drones[0].Cut(6, final: true);
        RunReport Finish(RunLedger ledger)
        {
            ledger.Add(final);
            return ledger.Complete(new() { EndTime = run.Started.StartTime.AddSeconds(6), RunTime = At(6) });
        }

        var ledger = new RunLedger(run.Started);
        ledger.Restore(stored.Series, stored.Events);

        Assert.Equal(Verdict.Passed, Finish(ledger).Verdict);
        Assert.Equal(Verdict.Invalid, Finish(new RunLedger(run.Started)).Verdict);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Restore_ADronesSnapshotIsGoneOrSetBack_WhatIntervalsToldOfItCountsForNoDrone(bool setBack)
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Closed("browse", 2, 6)), drones: 2);
        var stored = new Stored();
        Orca.Measurement.Snapshot? older = null;
        for (var second = 1; second <= 3; second++)
        {
            run.Drones[0].Iterate(10);
            run.Drones[1].Iterate(7);
            stored.Add(run.Report(second), fencing: 1);
            older ??= run.Drones[1].Cut(second);
        }

        var ledger = new RunLedger(run.Started);
        Assert.Empty(ledger.Restore(stored.Series, []));
        ledger.Add(run.Drones[0].Cut(6, final: true));
        if (setBack)
        {
            ledger.Add(older!);
        }

        var report = ledger.Complete(new() { EndTime = run.Started.StartTime.AddSeconds(6), RunTime = At(6) });

        Assert.Equal(51, report.Totals.Finished);
        Assert.Equal(51, report.Intervals.Sum(interval => interval.Total.Started));
        Assert.Equal([30L, setBack ? 7L : 0L], report.Drones.Select(drone => drone.Started));
        Assert.Contains(report.Events, happened => happened.Text.EndsWith("they count, but for no drone.", StringComparison.Ordinal));
    }

    [Fact]
    public void Restore_AnotherPlan_TakesNoInterval()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Closed("browse", 1, 6)));
        var stored = new Stored();
        run.Drones[0].Iterate(3);
        stored.Add(run.Report(1), fencing: 1);

        var other = new FakeRun(FakeRun.Plan(FakeRun.Closed("pay", 1, 6)));
        Assert.Single(other.Ledger.Restore(stored.Series, []));
        Assert.Empty(other.Ledger.Intervals);
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private static string Json(IEnumerable<RunInterval> intervals) =>
        string.Join('\n', intervals.Select(interval => JsonSerializer.Serialize(interval, ReportJsonContext.Default.RunInterval)));

    private static void ForSeeds(int seeds, Action<Random> run)
    {
        for (var seed = 1; seed <= seeds; seed++)
        {
            try
            {
                run(new Random(seed));
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"Seed {seed}: {error.Message}", error);
            }
        }
    }
}
