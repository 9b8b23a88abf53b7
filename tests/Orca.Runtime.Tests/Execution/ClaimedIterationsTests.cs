using Orca.Plans;

namespace Orca.Tests.Execution;

public sealed class ClaimedIterationsTests
{
    private static readonly Setting Claiming = new() { Claims = true };

    [Fact]
    public async Task FirstClaim_ComesBeforeTheStart_OneForEachUser_AndNothingStartsWithoutIt()
    {
        var started = new List<(long Number, TimeSpan At)>();
        DrivenEngine? engine = null;
        var test = new FakeLoadTest { Run = (user, _) => { started.Add((user.Iteration, engine!.RunTime)); return user.ThinkAsync(TimeSpan.FromMilliseconds(100)); } };
        await using var driven = engine = new DrivenEngine(test, Claiming with { Rank = 1, Drones = 2 }, new IterationsStage(100, 6, TimeSpan.FromSeconds(20)));
        Assert.Null(await engine.Engine.SetUpAsync(engine.Share, TestContext.Current.CancellationToken));
        engine.Engine.ExtendRight(long.MaxValue);
        DrivenEngine.OffContext(() => engine.Engine.Start(engine.Share, engine.Clock.GetTimestamp() + TimeSpan.FromSeconds(2).Ticks));

        // Of users 0 to 5 this drone has 1, 3 and 5, and their first iterations are those numbered alike.
        var claim = Assert.Single(engine.Engine.ClaimsWanted());
        Assert.Equal((DrivenEngine.Scenario, engine.Share.Slots, 7), (claim.Scenario, claim.Slots, claim.Below));

        engine.Advance(3);
        Assert.Empty(started);

        DrivenEngine.OffContext(() => engine.Engine.Claimed([claim]));
        engine.Advance(1);
        Assert.Equal([1, 3, 5], started.Select(start => start.Number));
        Assert.All(started, start => Assert.InRange(start.At, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.001)));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(2)]
    [InlineData(500)]
    public async Task Claims_OfASteadySpeed_AreASecondAheadAndHoldNobodyUp(int milliseconds)
    {
        // 20 users: so many a second.
        var perSecond = 20 * 1000 / milliseconds;
        var duration = TimeSpan.FromMilliseconds(milliseconds);
        await using var engine = await new DrivenEngine(
            new FakeLoadTest { Run = (user, _) => user.ThinkAsync(duration) }, Claiming, new IterationsStage(1_000_000, 20, TimeSpan.FromMinutes(1))).StartedAsync();
        long before = 0, below = 0;
        for (var beat = 0; beat < 20; beat++)
        {
            var claim = Assert.Single(engine.Engine.ClaimsWanted());
            Assert.InRange(claim.Below, below, long.MaxValue);
            below = claim.Below;
            DrivenEngine.OffContext(() => engine.Engine.Claimed([claim]));
            (var started, before) = (engine.Measured.Started - before, engine.Measured.Started);
            if (beat > 4)
            {
                Assert.InRange(started, (perSecond / 2) - 20, (perSecond / 2) + 20);
                Assert.InRange(below - engine.Measured.Started, Math.Max(20, 0.9 * perSecond), Math.Max(20, 1.1 * perSecond));
            }

            engine.Advance(0.5);
        }
    }

    [Fact]
    public async Task Claims_OfTheSecondStage_BeginShortlyBeforeIt()
    {
        var started = new List<long>();
        DrivenEngine? engine = null;
        var test = new FakeLoadTest
        {
            Run = (user, _) =>
            {
                if (engine!.RunTime >= TimeSpan.FromSeconds(3))
                {
                    started.Add(user.Iteration);
                }

                return user.ThinkAsync(TimeSpan.FromMilliseconds(10));
            },
        };
        await using var driven = engine = new DrivenEngine(
            test,
            Claiming,
            new UsersStage(2, 2, TimeSpan.FromSeconds(3)),
            new IterationsStage(100, 4, TimeSpan.FromSeconds(2)),
            new IterationsStage(10, 3, TimeSpan.FromSeconds(2)));
        await engine.StartedAsync();

        Assert.Empty(engine.Engine.ClaimsWanted());
        Beat(engine, 2.5);
        Assert.Equal(4, Assert.Single(engine.Engine.ClaimsWanted()).Below);

        Beat(engine, 5);
        Assert.Equal(Enumerable.Range(0, 110).Select(k => (long)k), started.Order());
        Assert.Empty(engine.Engine.ClaimsWanted());
    }

    [Fact]
    public async Task Claims_ThatTheMediumNeverAcknowledged_AllowNothing()
    {
        await using var engine = await new DrivenEngine(
            new FakeLoadTest { Run = (user, _) => user.ThinkAsync(TimeSpan.FromMilliseconds(10)) }, Claiming, new IterationsStage(1000, 4, TimeSpan.FromSeconds(20))).StartedAsync();
        Beat(engine, 1);
        var claimed = Assert.Single(engine.Engine.ClaimsWanted()).Below;
        DrivenEngine.OffContext(() => engine.Engine.Claimed(engine.Engine.ClaimsWanted()));

        for (var i = 0; i < 10; i++)
        {
            engine.Engine.ClaimsWanted();
            engine.Advance(0.5);
        }

        Assert.Equal(claimed, engine.Measured.Started);
        Beat(engine, 3);
        Assert.Equal(1000, engine.Measured.Finished);
    }

    [Fact]
    public async Task ShareGained_WithWhatTheLostDroneHadClaimed_StartsWhatIsBeyond()
    {
        var started = new List<long>();
        var test = new FakeLoadTest { Run = (user, _) => { started.Add(user.Iteration); return user.ThinkAsync(TimeSpan.FromMilliseconds(100)); } };
        await using var engine = await new DrivenEngine(test, new Setting { Drones = 2 }, new IterationsStage(100, 4, TimeSpan.FromSeconds(20))).StartedAsync();
        engine.Advance(1);

        // The lost drone had users 1 and 3, and had claimed its iterations up to 20.
        var (all, lost) = (SlotSet.Of(128, Enumerable.Range(0, 128)), SlotSet.ForRank(1, 2));
        engine.Engine.Update(new Share(1, TimeSpan.FromSeconds(2), all) { Claimed = [new("other", lost, 90), new(DrivenEngine.Scenario, lost, 12), new(DrivenEngine.Scenario, lost, 21)] });
        engine.Advance(15);

        Assert.Equal(Enumerable.Range(0, 100).Where(k => k % 2 == 0 || k > 20).Select(k => (long)k), started.Order());
    }

    [Fact]
    public async Task ShareGained_WithNothingKnownOfClaims_LeavesAStageThatHasBegunAlone()
    {
        var started = new List<long>();
        var test = new FakeLoadTest { Run = (user, _) => { started.Add(user.Iteration); return user.ThinkAsync(TimeSpan.FromMilliseconds(100)); } };
        await using var engine = await new DrivenEngine(
            test, new Setting { Drones = 2 }, new IterationsStage(40, 4, TimeSpan.FromSeconds(5)), new IterationsStage(8, 4, TimeSpan.FromSeconds(5))).StartedAsync();
        engine.Advance(1);

        engine.Engine.Update(new Share(1, TimeSpan.FromSeconds(2), SlotSet.Of(128, Enumerable.Range(0, 128))));
        engine.Advance(12);

        Assert.Equal(Enumerable.Range(0, 48).Where(k => k % 2 == 0 || k >= 40).Select(k => (long)k), started.Order());
    }

    [Fact]
    public async Task SlotsLost_BeforeTheStageBegins_AreNobodysHere()
    {
        var started = new List<long>();
        var test = new FakeLoadTest { Run = (user, _) => { started.Add(user.Iteration); return default; } };
        await using var engine = await new DrivenEngine(test, new PauseStage(TimeSpan.FromSeconds(2)), new IterationsStage(20, 4, TimeSpan.FromSeconds(5))).StartedAsync();

        engine.Engine.Update(new Share(1, TimeSpan.FromSeconds(1), SlotSet.Of(64, [1, 2])));
        engine.Advance(8);

        Assert.Equal(Enumerable.Range(0, 20).Where(k => k % 4 is 1 or 2).Select(k => (long)k), started.Order());
    }

    [Fact]
    public async Task DronesLostAtRandom_NoIterationRunsTwice_AndWhatNeverRanWasClaimedByALostOne()
    {
        for (var seed = 0; seed < 25; seed++)
        {
            await using var swarm = new ClaimingSwarm(seed);
            await swarm.RunAsync();
            swarm.Account();
        }
    }

    private static void Beat(DrivenEngine engine, double seconds)
    {
        for (var left = seconds; left > 0; left -= 0.5)
        {
            DrivenEngine.OffContext(() => engine.Engine.Claimed(engine.Engine.ClaimsWanted()));
            engine.Advance(0.5);
        }
    }
}
