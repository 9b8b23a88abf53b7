using Microsoft.Extensions.Time.Testing;
using Orca.Execution;
using Orca.Measurement;
using Orca.Plans;

namespace Orca.Tests.Execution;

public sealed class ClosedLoadTests
{
    [Fact]
    public async Task Users_ThatThink_IterateOneAfterTheOther()
    {
        var test = new FakeLoadTest { Run = (user, _) => user.ThinkAsync(TimeSpan.FromMilliseconds(100)) };
        await using var engine = await new DrivenEngine(test, Users(5, 5, 2)).StartedAsync();

        engine.Advance(3);

        Assert.Equal((100, 100), (engine.Measured.Started, engine.Measured.Finished));
        Assert.Equal(TimeSpan.FromSeconds(10), engine.Measured.UserTime);
        Assert.Equal(100_000_000, engine.Measured.ServiceOk.Max);
        Assert.True(engine.Engine.Completion.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Ramp_UpAndDown_DeliversTheUserTimeOfThePlan()
    {
        var atWork = new HashSet<long>();
        var most = 0;
        var test = new FakeLoadTest
        {
            Run = async (user, _) =>
            {
                Assert.True(atWork.Add(user.Id));
                most = Math.Max(most, atWork.Count);
                await user.ThinkAsync(TimeSpan.FromMilliseconds(10));
                atWork.Remove(user.Id);
            },
        };
        var setting = new Setting { WarmUp = TimeSpan.FromSeconds(1) };
        await using var engine = await new DrivenEngine(test, setting, Users(0, 10, 4), new PauseStage(TimeSpan.FromSeconds(1)), Users(10, 0, 4)).StartedAsync();

        engine.Advance(10);

        var schedule = ScenarioSchedule.Of(engine.Plan.Scenarios[0], 42);
        // Changes fall on whole ticks.
        var tolerance = TimeSpan.FromMicroseconds(10);
        Assert.InRange((schedule.UserTimeBefore(TimeSpan.FromSeconds(9)) - engine.Measured.UserTime - engine.WarmUp.UserTime).Duration(), TimeSpan.Zero, tolerance);
        Assert.InRange((schedule.UserTimeBefore(TimeSpan.FromSeconds(1)) - engine.WarmUp.UserTime).Duration(), TimeSpan.Zero, tolerance);
        Assert.InRange(most, 9, 10);
        Assert.Empty(atWork);
    }

    [Fact]
    public async Task UserThatNeverAwaits_UnderADrivenClock_GivesWayAndEnds()
    {
        var iterations = new Dictionary<long, int>();
        var test = new FakeLoadTest { Run = (user, _) => { iterations[user.Id] = iterations.GetValueOrDefault(user.Id) + 1; return default; } };
        await using var engine = await new DrivenEngine(test, Users(20, 20, 1)).StartedAsync();

        engine.Advance(2);

        Assert.Equal(20, iterations.Count);
        Assert.True(iterations.Values.Min() > 0.95 * iterations.Values.Max());
        Assert.True(engine.Engine.Completion.IsCompletedSuccessfully);
        Assert.Equal(engine.Measured.Started, engine.Measured.Finished);
    }

    [Fact]
    public async Task UserThatCannotStart_TriesAgainAfterASecond()
    {
        var tries = new List<TimeSpan>();
        DrivenEngine? engine = null;
        var test = new FakeLoadTest
        {
            StartUser = (_, _) => { tries.Add(engine!.RunTime); return tries.Count < 3 ? throw new InvalidOperationException("full") : default; },
            Run = (user, _) => user.ThinkAsync(TimeSpan.FromMilliseconds(500)),
        };
        await using var driven = engine = new DrivenEngine(test, new PauseStage(TimeSpan.FromSeconds(1)), Users(1, 1, 5));
        await engine.StartedAsync();

        engine.Advance(7);

        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3)], tries);
        var start = engine.Measured.Steps["(start user)"];
        Assert.Equal((1, 2), (start.Ok, start.Failed));
        Assert.Equal(new ErrorCount(2, "full"), start.Errors["InvalidOperationException"]);
        Assert.Equal((6, 6), (engine.Measured.Started, engine.Measured.Finished));
        Assert.Equal(TimeSpan.FromSeconds(3), engine.Measured.UserTime);
    }

    [Fact]
    public async Task TestWithoutStartUser_HasNoStepForIt()
    {
        await using var engine = new DrivenEngine(new OnlyRuns(), Users(1, 1, 2));
        await engine.StartedAsync();

        engine.Advance(3);

        Assert.True(engine.Measured.Finished > 0);
        Assert.Empty(engine.Measured.Steps);
    }

    [Fact]
    public async Task IterationThatThrows_Fails_AndTheUserGoesOn()
    {
        var test = new FakeLoadTest
        {
            Run = async (user, _) =>
            {
                await user.ThinkAsync(TimeSpan.FromMilliseconds(100));
                throw user.Iteration % 2 == 0 ? new ArgumentException("odd") : new InvalidDataException("even");
            },
        };
        await using var engine = await new DrivenEngine(test, Users(1, 1, 1)).StartedAsync();

        engine.Advance(2);

        Assert.Equal((10, 0), (engine.Measured.ResponseFailed.Count, engine.Measured.ResponseOk.Count));
        Assert.Equal(5, engine.Measured.Errors["ArgumentException"].Count);
        Assert.Equal(5, engine.Measured.Errors["InvalidDataException"].Count);
    }

    [Fact]
    public async Task Right_Lapses_UsersRestAndGoOnWhenItComesBack()
    {
        var starts = new List<TimeSpan>();
        DrivenEngine? engine = null;
        var test = new FakeLoadTest { Run = (user, _) => { starts.Add(engine!.RunTime); return user.ThinkAsync(TimeSpan.FromMilliseconds(100)); } };
        await using var driven = engine = new DrivenEngine(test, Users(2, 2, 10));
        await engine.StartedAsync(withRight: false);
        Assert.Empty(starts);
        engine.Engine.ExtendRight(engine.Clock.GetTimestamp() + TimeSpan.FromSeconds(2).Ticks);

        engine.Advance(5);
        Assert.Equal(40, starts.Count);
        Assert.Equal(TimeSpan.FromSeconds(4), engine.Measured.UserTime);

        engine.Engine.ExtendRight(engine.Clock.GetTimestamp() + TimeSpan.FromSeconds(2).Ticks);
        engine.Advance(10);

        Assert.Equal(80, starts.Count);
        Assert.All(starts, at => Assert.True(at < TimeSpan.FromSeconds(2) || (at >= TimeSpan.FromSeconds(5) && at < TimeSpan.FromSeconds(7))));
        Assert.Equal(TimeSpan.FromSeconds(8), engine.Measured.UserTime);
    }

    [Fact]
    public async Task Share_Changes_GainedUsersBeginAndLostOnesStopAtItsTime()
    {
        var starts = new List<(long User, TimeSpan At)>();
        DrivenEngine? engine = null;
        var test = new FakeLoadTest { Run = (user, _) => { starts.Add((user.Id, engine!.RunTime)); return user.ThinkAsync(TimeSpan.FromMilliseconds(100)); } };
        await using var driven = engine = new DrivenEngine(test, new Setting { Drones = 2 }, Users(6, 6, 4));
        await engine.StartedAsync();
        engine.Advance(1);

        engine.Engine.Update(new Share(1, TimeSpan.FromSeconds(2), SlotSet.ForRank(1, 2)));
        engine.Advance(5);

        Assert.Equal([0, 2, 4], starts.Where(s => s.At < TimeSpan.FromSeconds(2)).Select(s => s.User).Distinct().Order());
        Assert.Equal([1, 3, 5], starts.Where(s => s.At >= TimeSpan.FromSeconds(2)).Select(s => s.User).Distinct().Order());
        Assert.Equal(TimeSpan.FromSeconds(2), starts.Where(s => s.User % 2 == 1).Min(s => s.At));
        Assert.Equal(TimeSpan.FromSeconds(12), engine.Measured.UserTime);
    }

    [Fact]
    public async Task ProvisionalShare_DiffersFromTheFirst_UsersNotOwnedAreStopped()
    {
        var (started, stopped) = (new List<long>(), new List<long>());
        var test = new FakeLoadTest
        {
            StartUser = (user, _) => { started.Add(user.Id); return default; },
            StopUser = (user, _) => { stopped.Add(user.Id); return default; },
            Run = (user, _) => user.ThinkAsync(TimeSpan.FromSeconds(1)),
        };
        await using var engine = new DrivenEngine(test, new Setting { Drones = 2 }, Users(6, 6, 2));
        Assert.Null(await engine.Engine.SetUpAsync(new Share(0, TimeSpan.Zero, SlotSet.ForRank(0, 2)), TestContext.Current.CancellationToken));
        Assert.Equal([0, 2, 4], started);

        engine.Engine.ExtendRight(long.MaxValue);
        engine.Engine.Start(new Share(1, TimeSpan.Zero, SlotSet.ForRank(1, 2)), engine.Clock.GetTimestamp());
        engine.Advance(3);

        Assert.Equal([0, 2, 4], stopped);
        Assert.Equal([0, 2, 4, 1, 3, 5], started);
        Assert.Equal(6, engine.Measured.Started);
        Assert.Null(await engine.Engine.TearDownAsync(TestContext.Current.CancellationToken));
        Assert.Equal([1, 3, 5], stopped.Skip(3).Order());
        Assert.Equal(0, engine.Recorder[0].Users);
    }

    [Theory]
    [InlineData(1, 7)]
    [InlineData(3, 7)]
    [InlineData(7, 3)]
    public async Task Iterations_OverDrones_EachRunsOnce(int drones, int users)
    {
        var numbers = new List<long>();
        for (var rank = 0; rank < drones; rank++)
        {
            var test = new FakeLoadTest { Run = (user, _) => { numbers.Add(user.Iteration); return user.ThinkAsync(TimeSpan.FromMilliseconds(1)); } };
            await using var engine = await new DrivenEngine(
                test, new Setting { Rank = rank, Drones = drones }, new IterationsStage(100, users, TimeSpan.FromSeconds(2)), new IterationsStage(50, 4, TimeSpan.FromSeconds(1))).StartedAsync();
            engine.Advance(4);
            Assert.True(engine.Engine.Completion.IsCompletedSuccessfully);
            Assert.Equal(engine.Measured.Started, engine.Measured.Finished);
        }

        Assert.Equal(Enumerable.Range(0, 150).Select(k => (long)k), numbers.Order());
    }

    [Fact]
    public async Task Iterations_NotDoneInTime_AreNotStartedAnyMore()
    {
        var test = new FakeLoadTest { Run = (user, _) => user.ThinkAsync(TimeSpan.FromMilliseconds(100)) };
        await using var engine = await new DrivenEngine(test, new IterationsStage(1000, 2, TimeSpan.FromSeconds(1)), new PauseStage(TimeSpan.FromSeconds(1))).StartedAsync();

        engine.Advance(3);

        Assert.Equal((20, 20, 0), (engine.Measured.Started, engine.Measured.Finished, engine.Measured.Interrupted));
        Assert.Equal(TimeSpan.Zero, engine.Measured.UserTime);
    }

    [Fact]
    public void IterationsDuty_OfABlockInMidRow_NumbersItsIterationsInOrder()
    {
        var slots = SlotSet.ForRank(1, 3);
        var block = new IterationBlock(First: 10, Count: 20, Users: 4, TimeSpan.Zero, TimeSpan.FromSeconds(1));

        var duty = new IterationsDuty(null!, block, slots);
        var numbers = Enumerable.Range(0, 30).Select(n => duty.NumberOf(n)).TakeWhile(n => n >= 0);

        Assert.Equal(Enumerable.Range(10, 20).Where(k => slots.Owns(k % 4)).Select(k => (long)k), numbers);
    }

    [Fact]
    public void Iterations_BeyondTheClaimed_WaitUntilTheyAre()
    {
        var clock = new FakeTimeProvider();
        var setting = new Setting();
        var recorder = new Recorder(3, [DrivenEngine.Scenario]);
        var plan = DrivenEngine.PlanOf(setting, new IterationsStage(100, 4, TimeSpan.FromSeconds(10)));
        var runClock = new RunClock(clock);
        var run = new RunState(runClock, CancellationToken.None, _ => { });
        using var load = new ScenarioLoad(DrivenEngine.OptionsOf(plan, new FakeLoadTest(), setting, recorder, clock), 0, run);
        var scheduler = new UserScheduler(load);
        runClock.StartAt(clock.GetTimestamp());
        load.Begin();
        scheduler.Begin(new ShareTimeline(new Share(0, TimeSpan.Zero, SlotSet.ForRank(0, 1))));
        run.Right.Extend(long.MaxValue);
        scheduler.Advance(runClock.Now);
        var block = Assert.Single(Assert.Single(scheduler.Blocks.All).Portions);

        block.ClaimLimit = 30;
        Drive(clock, run);
        Assert.Equal((30, 0), (recorder[0].Cut().Measured.Finished, run.Busy));

        block.ClaimLimit = 1000;
        scheduler.Resume();
        Drive(clock, run);
        Assert.Equal((100, 0), (recorder[0].Cut().Measured.Finished, run.Busy));
    }

    [Fact]
    public async Task Random_OfTheSameIteration_IsTheSameInEveryRun()
    {
        async Task<List<int>> DrawAsync()
        {
            var drawn = new List<int>();
            var test = new FakeLoadTest { Run = (user, _) => { drawn.Add(user.Random.Next()); drawn.Add(user.Random.Next()); return user.ThinkAsync(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(150)); } };
            await using var engine = await new DrivenEngine(test, Users(3, 3, 1)).StartedAsync();
            engine.Advance(2);
            return drawn;
        }

        var first = await DrawAsync();
        Assert.Equal(first, await DrawAsync());
        Assert.Equal(first.Count, first.Distinct().Count());
    }

    private static void Drive(FakeTimeProvider clock, RunState run)
    {
        for (var i = 0; i < 100; i++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
            run.Queue.Tend(run.Clock.Now);
        }
    }

    private static UsersStage Users(int from, int to, double seconds) => new(from, to, TimeSpan.FromSeconds(seconds));

    private sealed class OnlyRuns : ILoadTest
    {
        public ValueTask RunAsync(VirtualUser user, CancellationToken ct) => user.ThinkAsync(TimeSpan.FromMilliseconds(100));
    }
}
