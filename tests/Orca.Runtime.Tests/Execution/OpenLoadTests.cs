using Microsoft.Extensions.Time.Testing;
using Orca.Execution;
using Orca.Measurement;
using Orca.Plans;

namespace Orca.Tests.Execution;

public sealed class OpenLoadTests
{
    [Fact]
    public async Task Rate_UnderADrivenClock_StartsEveryArrivalAtItsTime()
    {
        var starts = new List<(long Number, TimeSpan At)>();
        DrivenEngine? engine = null;
        var test = new FakeLoadTest { Run = (user, _) => { starts.Add((user.Iteration, engine!.RunTime)); return default; } };
        await using var driven = engine = new DrivenEngine(test, Rate(100, 2));
        await engine.StartedAsync();

        engine.Advance(3);

        Assert.Equal(Enumerable.Range(0, 200).Select(k => ((long)k, TimeSpan.FromMilliseconds(10 * k))), starts);
        Assert.Equal(200, engine.Measured.Started);
        Assert.Equal(200, engine.Measured.Finished);
        Assert.Equal(0, engine.Measured.Lateness.Max);
        Assert.True(engine.Engine.Completion.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Start_LiesAhead_NothingRunsBefore()
    {
        var test = new FakeLoadTest();
        await using var engine = new DrivenEngine(test, Rate(10, 1));
        Assert.Null(await engine.Engine.SetUpAsync(engine.Share, TestContext.Current.CancellationToken));
        engine.Engine.ExtendRight(long.MaxValue);
        engine.Engine.Start(engine.Share, engine.Clock.GetTimestamp() + TimeSpan.FromSeconds(5).Ticks);

        engine.Advance(4.999);
        Assert.Equal(0, engine.Measured.Started);
        engine.Advance(0.001);
        Assert.Equal(1, engine.Measured.Started);
    }

    [Fact]
    public async Task Target_FreezesForASecond_ResponseTimeAgreesWithArithmetic()
    {
        DrivenEngine? engine = null;
        await using var driven = engine = new DrivenEngine(Freezing(() => engine!.RunTime), new Setting { MaxUsers = 4000 }, Rate(2000, 10));
        await engine.StartedAsync();

        engine.Advance(11);

        var measured = engine.Measured;
        Assert.Equal(20_000, measured.Started);
        Assert.Equal(20_000, measured.Finished);
        Assert.InRange(measured.ResponseOk.ValueAt(99) / 1e6, 901 * 0.99, 901 * 1.01);
        Assert.InRange(measured.ResponseOk.Max / 1e6, 999, 1001);
    }

    [Fact]
    public async Task Target_FreezesWithBoundedUsers_EveryArrivalIsStartedOrDropped()
    {
        DrivenEngine? engine = null;
        await using var driven = engine = new DrivenEngine(Freezing(() => engine!.RunTime), new Setting { MaxUsers = 64 }, Rate(2000, 10));
        await engine.StartedAsync();

        engine.Advance(11);

        var measured = engine.Measured;
        Assert.Equal(20_000, measured.Started + measured.Dropped);
        // The arrival at the very instant of the thaw may still find all users busy.
        Assert.InRange(measured.Dropped, 2000 - 64, 2000 - 63);
        Assert.InRange(measured.ResponseOk.Max / 1e6, 999, 1001);
    }

    [Fact]
    public async Task UserThatComesFree_LastOneIn_TakesTheNextArrival()
    {
        var ids = new List<long>();
        var test = new FakeLoadTest { Run = (user, _) => { ids.Add(user.Id); return user.ThinkAsync(TimeSpan.FromMilliseconds(user.Iteration == 0 ? 25 : 1)); } };
        await using var engine = await new DrivenEngine(test, new Setting { MaxUsers = 2 }, Rate(100, 0.05) with { Users = 0 }).StartedAsync();

        engine.Advance(1);

        // The first is held for 25 ms; the second does the next two; then the first has come free last.
        Assert.Equal([0, 1, 1, 0, 0], ids);
    }

    [Fact]
    public void ArrivalAfterAStall_ByMoreThanASecond_IsMissedAndTheRestStarts()
    {
        var clock = new FakeTimeProvider();
        var setting = new Setting();
        var recorder = new Recorder(3, [DrivenEngine.Scenario]);
        var plan = DrivenEngine.PlanOf(setting, Rate(10, 5));
        using var cut = new CancellationTokenSource();
        var runClock = new RunClock(clock);
        var run = new RunState(runClock, cut.Token, _ => { });
        using var load = new ScenarioLoad(DrivenEngine.OptionsOf(plan, new FakeLoadTest(), setting, recorder, clock), 0, run);
        var scheduler = new ArrivalScheduler(load);
        runClock.StartAt(clock.GetTimestamp());
        load.Begin();
        scheduler.Begin(new ShareTimeline(new Share(0, TimeSpan.Zero, SlotSet.ForRank(0, 1))));
        run.Right.Extend(long.MaxValue);

        clock.Advance(TimeSpan.FromSeconds(3));
        var next = scheduler.Advance(runClock.Now);
        run.Queue.Tend(runClock.Now);

        // Due 0, 0.1 … 1.9 s: more than a second ago. Due 2.0 … 3.0 s: late, but started.
        var measured = recorder[0].Cut().Measured;
        Assert.Equal((20, 11), (measured.Missed, measured.Started));
        Assert.Equal(1_000_000_000, measured.Lateness.Max);
        Assert.Equal(runClock.TimestampAt(TimeSpan.FromSeconds(3.1)), next);
    }

    [Fact]
    public async Task Right_Lapses_NothingStartsAndWhatWasDueIsMissed()
    {
        var starts = new List<TimeSpan>();
        DrivenEngine? engine = null;
        var test = new FakeLoadTest { Run = (_, _) => { starts.Add(engine!.RunTime); return default; } };
        await using var driven = engine = new DrivenEngine(test, Rate(10, 10));
        await engine.StartedAsync(withRight: false);
        engine.Engine.ExtendRight(engine.Clock.GetTimestamp() + TimeSpan.FromSeconds(2).Ticks);

        engine.Advance(6);
        Assert.Equal(20, starts.Count);

        // At 6 s it comes back: what was due within the last second starts late, what came before is missed.
        engine.Engine.ExtendRight(long.MaxValue);
        Assert.Equal(31, starts.Count);
        engine.Advance(10);

        var measured = engine.Measured;
        Assert.Equal(100, measured.Started + measured.Missed);
        Assert.Equal(30, measured.Missed);
        Assert.All(starts, at => Assert.False(at >= TimeSpan.FromSeconds(2) && at < TimeSpan.FromSeconds(6)));
        Assert.True(engine.Engine.Completion.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Right_NeverExtended_NothingIsStartedAndNothingIsCalledMissed()
    {
        await using var engine = await new DrivenEngine(new FakeLoadTest(), Rate(10, 2)).StartedAsync(withRight: false);

        // Whose the arrivals are by now, only the leader can tell: the engine waits for its word.
        engine.Advance(5);
        Assert.False(engine.Engine.Completion.IsCompleted);

        engine.Engine.Stop();
        engine.Advance(1);
        Assert.Equal((0, 0), (engine.Measured.Started, engine.Measured.Missed));
        Assert.True(engine.Engine.Completion.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Right_BackAfterTheEnd_WhatWasDueWithoutItIsMissed()
    {
        await using var engine = await new DrivenEngine(new FakeLoadTest(), Rate(10, 2)).StartedAsync(withRight: false);

        engine.Advance(5);
        engine.Engine.ExtendRight(long.MaxValue);
        engine.Advance(1);

        Assert.Equal((0, 20), (engine.Measured.Started, engine.Measured.Missed));
        Assert.True(engine.Engine.Completion.IsCompletedSuccessfully);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task Drones_HoweverMany_TogetherStartEachArrivalOnceAsUsersOfTheirOwn(int drones)
    {
        var (numbers, users) = (new List<long>(), new Dictionary<long, int>());
        for (var rank = 0; rank < drones; rank++)
        {
            var drone = rank;
            var test = new FakeLoadTest
            {
                Run = (user, _) => { numbers.Add(user.Iteration); Assert.Equal(drone, users.GetValueOrDefault(user.Id, drone)); users[user.Id] = drone; return user.ThinkAsync(TimeSpan.FromMilliseconds(30)); },
            };
            await using var engine = await new DrivenEngine(test, new Setting { Rank = rank, Drones = drones }, new RateStage(10, 190, TimeSpan.FromSeconds(3))).StartedAsync();
            engine.Advance(4);
        }

        Assert.Equal(Enumerable.Range(0, 300).Select(k => (long)k), numbers.Order());
    }

    [Fact]
    public async Task Share_Gained_TakesOverFromItsRunTimeOn()
    {
        var starts = new List<(long Number, TimeSpan At)>();
        DrivenEngine? engine = null;
        var test = new FakeLoadTest { Run = (user, _) => { starts.Add((user.Iteration, engine!.RunTime)); return default; } };
        await using var driven = engine = new DrivenEngine(test, new Setting { Drones = 2 }, Rate(100, 4));
        await engine.StartedAsync();
        engine.Advance(1);

        engine.Engine.Update(new Share(1, TimeSpan.FromSeconds(2), SlotSet.ForRank(0, 2).Union(SlotSet.ForRank(1, 2))));
        engine.Advance(4);

        Assert.Equal(Enumerable.Range(0, 400).Where(k => k >= 200 || k % 2 == 0).Select(k => (long)k), starts.Select(s => s.Number));
        Assert.All(starts, s => Assert.Equal(TimeSpan.FromMilliseconds(10 * s.Number), s.At));
        Assert.Equal(0, engine.Measured.Missed);
    }

    [Fact]
    public async Task Share_ComesAfterItsTime_WhatWentByIsMissed()
    {
        await using var engine = await new DrivenEngine(new FakeLoadTest(), new Setting { Drones = 2 }, Rate(100, 4)).StartedAsync();
        engine.Advance(3);

        engine.Engine.Update(new Share(1, TimeSpan.FromSeconds(2), SlotSet.ForRank(0, 2).Union(SlotSet.ForRank(1, 2))));
        engine.Advance(4);

        // Of the 100 arrivals from 2 s to 3 s the other 50 were nobody's; the last two seconds' own and gained ones were started.
        Assert.Equal(50, engine.Measured.Missed);
        Assert.Equal(300 - 50, engine.Measured.Started);
    }

    [Fact]
    public async Task UserMadeForAnArrival_Throws_FailsThatArrivalOnly()
    {
        var ids = new List<long>();
        var test = new FakeLoadTest
        {
            StartUser = (user, _) => { ids.Add(user.Id); return ids.Count == 1 ? throw new TimeoutException("no login") : default; },
        };
        await using var engine = await new DrivenEngine(test, Rate(10, 0.3) with { Users = 0 }).StartedAsync();

        engine.Advance(1);

        var measured = engine.Measured;
        Assert.Equal((3, 3, 1), (measured.Started, measured.Finished, measured.ResponseFailed.Count));
        Assert.Equal(new ErrorCount(1, "no login"), measured.Errors["TimeoutException"]);
        Assert.Equal((1, 1), (measured.Steps["(start user)"].Ok, measured.Steps["(start user)"].Failed));
        Assert.Equal([0, 1], ids);
        Assert.Equal(1, engine.Recorder[0].Users);
    }

    [Fact]
    public async Task UserMadeForAnArrival_TakesTime_CountsInTheResponse()
    {
        var test = new FakeLoadTest { StartUser = (user, _) => user.ThinkAsync(TimeSpan.FromMilliseconds(300)) };
        await using var engine = await new DrivenEngine(test, Rate(1, 1) with { Users = 0 }).StartedAsync();

        engine.Advance(2);

        Assert.Equal(300_000_000, engine.Measured.ResponseOk.Max);
    }

    [Fact]
    public async Task UsersOfARateStage_AreStartedBeforeTheRun()
    {
        var started = 0;
        var test = new FakeLoadTest { StartUser = (_, _) => { started++; return default; } };
        await using var engine = new DrivenEngine(test, new Setting { Rank = 1, Drones = 3, MaxUsers = 90 }, Rate(10, 1), Rate(10, 1) with { Users = 30 });

        Assert.Null(await engine.Engine.SetUpAsync(engine.Share, TestContext.Current.CancellationToken));

        Assert.Equal(10, started);
        Assert.Equal(10, engine.Recorder[0].Users);
        Assert.Empty(engine.WarmUp.Steps);
    }

    [Fact]
    public async Task WarmUp_ByIntendedStart_GoesToItsOwnSet()
    {
        var test = new FakeLoadTest { Run = (user, _) => user.StepAsync("buy", user, static (u, _, _) => u.ThinkAsync(TimeSpan.FromSeconds(2))) };
        await using var engine = await new DrivenEngine(test, new Setting { WarmUp = TimeSpan.FromSeconds(1) }, Rate(10, 3)).StartedAsync();

        engine.Advance(6);

        Assert.Equal((10, 10, 10), (engine.WarmUp.Started, engine.WarmUp.Finished, engine.WarmUp.Steps["buy"].Ok));
        Assert.Equal((20, 20, 20), (engine.Measured.Started, engine.Measured.Finished, engine.Measured.Steps["buy"].Ok));
    }

    private static RateStage Rate(decimal rate, double seconds) => new(rate, rate, TimeSpan.FromSeconds(seconds));

    private static FakeLoadTest Freezing(Func<TimeSpan> now) => new()
    {
        Run = (user, _) => now() is { TotalSeconds: >= 5 and < 6 } at ? user.ThinkAsync(TimeSpan.FromSeconds(6) - at) : default,
    };
}
