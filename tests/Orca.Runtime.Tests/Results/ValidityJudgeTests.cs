using Orca.Plans;
using Orca.Results;

namespace Orca.Tests.Results;

public class ValidityJudgeTests
{
    [Fact]
    public void Complete_LoadDelivered_IsValid()
    {
        var report = Steady(new FakeRun(FakeRun.Plan(FakeRun.Open("pay", 100, 4)), drones: 2), _ => { });

        Assert.Empty(report.Reasons);
        Assert.Equal(Verdict.Passed, report.Verdict);
        Assert.Equal((400L, 400L, 1.0), (report.Completeness.Scenarios[0].ArrivalsPlanned, report.Completeness.Scenarios[0].ArrivalsStarted, report.Completeness.Scenarios[0].Delivered));
    }

    [Fact]
    public void Complete_ArrivalsDropped_IsInvalidBecauseUsersWereExhausted()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Open("pay", 100, 4)));
        var report = Steady(run, second => Shift(run, second == 2, set => set.Dropped += 10));

        var reason = Assert.Single(report.Reasons);
        Assert.Equal((Verdict.Invalid, InvalidCause.UsersExhausted, "pay"), (reason.Verdict, reason.Cause!.Value, reason.Scenario));
        Assert.Equal(["d1"], reason.Drones);
        Assert.Equal([Window(1, 2)], reason.Windows);
        Assert.Contains("10 of 400 (2.5%)", reason.Text, StringComparison.Ordinal);
        Assert.Equal((Verdict.Invalid, ExitCode.Invalid), (report.Verdict, report.ExitCode));
    }

    [Fact]
    public void Complete_OnePercentDropped_IsStillValid()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Open("pay", 100, 4)));

        Assert.Empty(Steady(run, second => Shift(run, second == 2, set => set.Dropped += 4, 4)).Reasons);
    }

    [Fact]
    public void Complete_ArrivalsMissed_IsInvalidBecauseOfTheGenerator()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Open("pay", 100, 4)));
        var report = Steady(run, second => Shift(run, second >= 3, set => set.Missed += 10));

        var reason = Assert.Single(report.Reasons);
        Assert.Equal(InvalidCause.Generator, reason.Cause);
        Assert.Equal([Window(2, 4)], reason.Windows);
    }

    [Fact]
    public void Complete_ArrivalsMissedWhileOutOfTouch_IsInvalidBecauseOfTheMedium()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Open("pay", 100, 6)), drones: 2);
        var (touch, away) = (run.Drones[0], run.Drones[1]);
        for (var second = 1; second <= 5; second++)
        {
            touch.Iterate(50);
            run.Ledger.Add(touch.Cut(second));
            run.Close(second);
        }

        touch.Iterate(50);
        away.Iterate(200);
        away[0].Missed = 100;
        var report = run.Finish(6);

        Assert.Equal(InvalidCause.Medium, Assert.Single(report.Reasons).Cause);
        Assert.Equal(["d2"], report.Reasons[0].Drones);
    }

    [Fact]
    public void Complete_LatenessPastBothLimits_IsInvalidAndNamesTheDrone()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Open("pay", 100, 4)), drones: 2);
        var report = Steady(run, second =>
        {
            run.Drones[0].Iterate(50);
            run.Drones[1].Iterate(50, late: second == 3 ? 5 : 0.1);
        });

        var reason = Assert.Single(report.Reasons);
        Assert.Equal((InvalidCause.Generator, "pay"), (reason.Cause!.Value, reason.Scenario));
        Assert.Equal(["d2"], reason.Drones);
        Assert.Equal([Window(2, 3)], reason.Windows);
    }

    [Theory]
    [InlineData(1.9, 10)]
    [InlineData(5, 60)]
    public void Complete_LatenessWithinOneLimit_IsValid(double late, double service)
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Open("pay", 100, 4)));

        Assert.Empty(Steady(run, _ => run.Drones[0].Iterate(100, milliseconds: service, late: late)).Reasons);
    }

    [Fact]
    public void Complete_OneLateDroneAmongMany_IsInvalid()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Open("pay", 800, 4)), drones: 2);
        var report = Steady(run, _ =>
        {
            run.Drones[0].Iterate(500);
            run.Drones[1].Iterate(295).Iterate(5, late: 9);
        });

        Assert.Equal(["d2"], Assert.Single(report.Reasons).Drones);
    }

    [Fact]
    public void Complete_SchedulingDelayPastTheLimits_IsInvalid()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Closed("browse", 2, 4)));
        var report = Steady(run, second => run.Drones[0].Iterate(10).UserTime(2).SchedulingDelay(50, second == 2 ? 30 : 0.1));

        var reason = Assert.Single(report.Reasons);
        Assert.Equal((InvalidCause.Generator, null), (reason.Cause!.Value, reason.Scenario));
        Assert.Equal([Window(1, 2)], reason.Windows);
    }

    [Fact]
    public void Complete_SchedulingDelayInTheWarmUp_IsLeftOut()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Closed("browse", 2, 4)) with { WarmUp = TimeSpan.FromSeconds(1) });
        var report = Steady(run, second => run.Drones[0].Iterate(10, warmUp: second == 1).UserTime(second == 1 ? 0 : 2).SchedulingDelay(50, second == 1 ? 30 : 0.1));

        Assert.Empty(report.Reasons);
    }

    [Fact]
    public void Complete_DroneLost_IsInvalidBecauseItsArrivalsLack()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Open("pay", 100, 4)), drones: 2);
        for (var second = 1; second <= 4; second++)
        {
            run.Ledger.Add(run.Drones[0].Iterate(50).Cut(second, final: second == 4));
            if (second <= 2)
            {
                run.Ledger.Add(run.Drones[1].Iterate(50).Cut(second));
            }

            run.Ledger.CloseIntervals(second <= 2 ? run.Live : [run.Drones[0].Key], TimeSpan.FromSeconds(second));
        }

        run.Ledger.Note(new(RunEventKind.DroneLost, run.Started.StartTime, "Drone d2 was lost.") { Drone = "d2" });
        var report = run.Complete(4);

        var reason = Assert.Single(report.Reasons);
        Assert.Equal(InvalidCause.DroneLost, reason.Cause);
        Assert.Equal(["d2"], reason.Drones);
        Assert.Equal([Window(2, 4)], reason.Windows);
        Assert.Equal(100, report.Completeness.Scenarios[0].ArrivalsUnaccounted);
    }

    [Fact]
    public void Complete_ArrivalsThatStartPastTheirIntervalsEnd_AreNoWindow()
    {
        // One of the first interval's starts in the second; what lacks, lacks in the fourth.
        var run = new FakeRun(FakeRun.Plan(FakeRun.Open("pay", 100, 4)));
        var report = Steady(run, second => run.Drones[0].Iterate(second switch { 1 => 98, 2 => 102, 4 => 50, _ => 100 }));

        Assert.Equal([Window(3, 4)], Assert.Single(report.Reasons).Windows);
    }

    [Fact]
    public void Complete_UsersExhaustedByDronesThatDoNotKeepUp_NamesTheRootFirst()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Open("pay", 100, 4)));
        var report = Steady(run, second => Shift(run, second >= 2, set =>
        {
            set.Dropped += 10;
            run.Drones[0].SchedulingDelay(50, 300);
        }));

        Assert.Equal([InvalidCause.Generator, InvalidCause.UsersExhausted], report.Reasons.Select(reason => reason.Cause!.Value));
        Assert.Contains("which may follow from the drones' own delay", report.Reasons[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Complete_UserTimeLacking_IsInvalid()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Closed("browse", 10, 4)));
        var report = Steady(run, second => run.Drones[0].Iterate(10).UserTime(second == 4 ? 5 : 10));

        var reason = Assert.Single(report.Reasons);
        Assert.Equal(InvalidCause.Generator, reason.Cause);
        Assert.Contains("35 of 40 planned user-seconds", reason.Text, StringComparison.Ordinal);
        Assert.Equal([Window(3, 4)], reason.Windows);
    }

    [Fact]
    public void Complete_StoppedEarlyByAThreshold_IsMeasuredToThatTime()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Open("pay", 100, 60)));
        for (var second = 1; second <= 3; second++)
        {
            run.Drones[0].Iterate(100);
            run.Report(second);
        }

        var report = run.Finish(3, ending => ending with { AbortedByThreshold = true });

        Assert.Equal(Verdict.Failed, report.Verdict);
        Assert.DoesNotContain(report.Reasons, reason => reason.Verdict == Verdict.Invalid);
        Assert.Equal(300, report.Completeness.Scenarios[0].ArrivalsPlanned);
    }

    [Fact]
    public void Complete_IterationsUnfinished_Fails()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Fixed("import", 100, 4)));
        var report = Steady(run, _ => run.Drones[0].Iterate(20));

        var reason = Assert.Single(report.Reasons);
        Assert.Equal((Verdict.Failed, "import"), (reason.Verdict, reason.Scenario));
        Assert.Contains("80 of 100", reason.Text, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Failed, report.ExitCode);
    }

    [Fact]
    public void Complete_IterationsFinished_Passes()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Fixed("import", 100, 4)));

        Assert.Equal(Verdict.Passed, Steady(run, _ => run.Drones[0].Iterate(25)).Verdict);
    }

    [Fact]
    public void Complete_LimitsOfThePlan_Hold()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Open("pay", 100, 4)) with { Limits = new() { NotStarted = 0.05, Delivered = 0.95 } });

        Assert.Empty(Steady(run, second => Shift(run, second == 2, set => set.Dropped += 10)).Reasons);
    }

    private static RunReport Steady(FakeRun run, Action<int> work)
    {
        var seconds = (int)run.Started.Plan.Duration.TotalSeconds;
        for (var second = 1; second <= seconds; second++)
        {
            var before = run.Drones[0][0].Started;
            work(second);
            if (run.Drones[0][0].Started + run.Drones[0].WarmUpOf(0).Started == before)
            {
                foreach (var drone in run.Drones)
                {
                    drone.Iterate(100 / run.Drones.Length);
                }
            }

            run.Report(second);
        }

        return run.Finish(seconds);
    }

    /// <summary>A second of 100 arrivals; in a bad one some are not started.</summary>
    private static void Shift(FakeRun run, bool bad, Action<Orca.Measurement.MeasurementSet> change, int count = 10)
    {
        run.Drones[0].Iterate(bad ? 100 - count : 100);
        if (bad)
        {
            change(run.Drones[0][0]);
        }
    }

    private static RunWindow Window(double from, double to) => new(TimeSpan.FromSeconds(from), TimeSpan.FromSeconds(to));
}
