using Orca.Plans;

namespace Orca.Tests.Execution;

public sealed class DrainTests
{
    [Fact]
    public async Task IterationThatEndsInTheGrace_IsFinished()
    {
        var test = new FakeLoadTest { Run = (user, _) => user.ThinkAsync(TimeSpan.FromSeconds(3)) };
        await using var engine = await new DrivenEngine(test, new Setting { Grace = TimeSpan.FromSeconds(5) }, Users(4, 1)).StartedAsync();

        engine.Advance(2.9);
        Assert.False(engine.Engine.Completion.IsCompleted);
        engine.Advance(0.2);

        Assert.True(engine.Engine.Completion.IsCompletedSuccessfully);
        Assert.Equal((4, 4, 0), (engine.Measured.Started, engine.Measured.Finished, engine.Measured.Interrupted));
    }

    [Fact]
    public async Task IterationThatOutlivesTheGrace_IsCancelledAndInterrupted()
    {
        var test = new FakeLoadTest { Run = (user, _) => user.StepAsync("wait", user, static (u, _, _) => u.ThinkAsync(TimeSpan.FromSeconds(60))) };
        await using var engine = await new DrivenEngine(test, new Setting { Grace = TimeSpan.FromSeconds(5) }, Users(4, 1)).StartedAsync();

        engine.Advance(7);
        await engine.Engine.Completion.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((4, 0, 4), (engine.Measured.Started, engine.Measured.Finished, engine.Measured.Interrupted));
        Assert.False(engine.Measured.Steps.ContainsKey("wait"));
        Assert.Empty(engine.Measured.Errors);
    }

    [Fact]
    public async Task IterationThatIgnoresItsToken_IsAbandonedAndItsLateResultIsNotRecorded()
    {
        var never = new TaskCompletionSource();
        var after = new TaskCompletionSource();
        var test = new FakeLoadTest
        {
            Run = async (user, _) =>
            {
                await user.StepAsync("hang", async _ => await never.Task);
                user.Check("late", true);
                user.Fail("late");
                after.TrySetResult();
            },
        };
        await using var engine = await new DrivenEngine(test, new Setting { Grace = TimeSpan.FromSeconds(1) }, Users(1, 1)).StartedAsync();

        engine.Advance(3.9);
        Assert.False(engine.Engine.Completion.IsCompleted);
        engine.Advance(0.2);
        await engine.Engine.Completion.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((1, 0, 1), (engine.Measured.Started, engine.Measured.Finished, engine.Measured.Interrupted));

        DrivenEngine.OffContext(never.SetResult);
        await after.Task.WaitAsync(TestContext.Current.CancellationToken);
        engine.Advance(1);

        Assert.Equal((1, 0, 1), (engine.Measured.Started, engine.Measured.Finished, engine.Measured.Interrupted));
        Assert.False(engine.Measured.Steps.ContainsKey("hang"));
        Assert.Empty(engine.Measured.Checks);
    }

    [Fact]
    public async Task Stop_InTheMiddle_StartsNothingMoreAndLetsRunningIterationsEnd()
    {
        var test = new FakeLoadTest { Run = (user, _) => user.ThinkAsync(TimeSpan.FromSeconds(1)) };
        await using var engine = await new DrivenEngine(test, new RateStage(10, 10, TimeSpan.FromSeconds(60))).StartedAsync();
        engine.Advance(2.05);

        engine.Engine.Stop();
        engine.Advance(0.9);
        Assert.False(engine.Engine.Completion.IsCompleted);
        engine.Advance(0.1);

        Assert.True(engine.Engine.Completion.IsCompletedSuccessfully);
        Assert.Equal((21, 21, 0), (engine.Measured.Started, engine.Measured.Finished, engine.Measured.Missed));
    }

    [Fact]
    public async Task Stop_BeforeTheStart_CompletesAtOnce()
    {
        await using var engine = new DrivenEngine(new FakeLoadTest(), Users(1, 1));

        engine.Engine.Stop();

        await engine.Engine.Completion.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task SeveralStages_GraceBeginsAfterTheLastStageOfThePlan()
    {
        var test = new FakeLoadTest { Run = (user, _) => user.ThinkAsync(TimeSpan.FromSeconds(4)) };
        await using var engine = await new DrivenEngine(
            test, new Setting { Grace = TimeSpan.FromSeconds(1) }, Users(1, 1), new PauseStage(TimeSpan.FromSeconds(5))).StartedAsync();

        engine.Advance(6.1);

        Assert.Equal((1, 1, 0), (engine.Measured.Started, engine.Measured.Finished, engine.Measured.Interrupted));
        Assert.True(engine.Engine.Completion.IsCompletedSuccessfully);
    }

    private static UsersStage Users(int users, double seconds) => new(users, users, TimeSpan.FromSeconds(seconds));
}
