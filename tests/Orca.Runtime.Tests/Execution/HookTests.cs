using System.Text.Json.Nodes;
using Orca.Plans;

namespace Orca.Tests.Execution;

public sealed class HookTests
{
    private static readonly UsersStage TwoUsers = new(2, 2, TimeSpan.FromSeconds(1));

    [Fact]
    public async Task SetUp_Throws_IsAProblemThatNamesScenarioHookAndException()
    {
        var test = new FakeLoadTest { SetUp = (_, _) => throw new InvalidOperationException("no database") };
        await using var engine = new DrivenEngine(test, TwoUsers);

        var problem = await engine.Engine.SetUpAsync(engine.Share, TestContext.Current.CancellationToken);

        Assert.NotNull(problem);
        Assert.Contains("SetUpAsync of scenario 'browse'", problem.What);
        Assert.Contains("InvalidOperationException: no database", problem.What);
    }

    [Fact]
    public async Task StartUser_ThrowsInSetUp_IsAProblem()
    {
        var test = new FakeLoadTest { StartUser = (user, _) => user.Id == 1 ? throw new TimeoutException("login") : default };
        await using var engine = new DrivenEngine(test, TwoUsers);

        var problem = await engine.Engine.SetUpAsync(engine.Share, TestContext.Current.CancellationToken);

        Assert.Contains("StartUserAsync of scenario 'browse'", problem?.What);
        Assert.Null(await engine.Engine.TearDownAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("SetUpAsync")]
    [InlineData("StartUserAsync")]
    public async Task Hook_Hangs_IsGivenUpWhenItsTimeIsOver(string hook)
    {
        var never = new TaskCompletionSource();
        var test = new FakeLoadTest
        {
            SetUp = (_, _) => hook == "SetUpAsync" ? new ValueTask(never.Task) : default,
            StartUser = (_, _) => hook == "StartUserAsync" ? new ValueTask(never.Task) : default,
        };
        await using var engine = new DrivenEngine(test, TwoUsers);
        using var timeOut = new CancellationTokenSource();
        var settingUp = engine.Engine.SetUpAsync(engine.Share, timeOut.Token);
        Assert.False(settingUp.IsCompleted);

        await timeOut.CancelAsync();

        var problem = await settingUp;
        Assert.Contains($"{hook} of scenario 'browse'", problem?.What);
        Assert.Contains("had not ended", problem?.What);
    }

    [Fact]
    public async Task TearDown_StopsEachStartedUserThenTheTest_AndReportsTheFirstProblem()
    {
        var calls = new List<string>();
        var test = new FakeLoadTest
        {
            Run = (user, _) => user.ThinkAsync(TimeSpan.FromMilliseconds(100)),
            StopUser = (user, _) => { calls.Add($"stop {user.Id}"); return user.Id == 0 ? throw new IOException("gone") : default; },
            TearDown = (_, _) => { calls.Add("tear down"); throw new InvalidOperationException("too"); },
        };
        await using var engine = await new DrivenEngine(test, TwoUsers).StartedAsync();
        engine.Advance(2);
        var before = engine.Measured.Finished;

        var problem = await engine.Engine.TearDownAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["stop 0", "stop 1", "tear down"], calls);
        Assert.Contains("StopUserAsync of scenario 'browse' (test 'fake') failed with IOException: gone", problem?.What);
        Assert.Equal(before, engine.Measured.Finished);
        Assert.Null(await engine.Engine.TearDownAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Context_TellsTheTestWhatItIsPartOf()
    {
        LoadTestContext? seen = null;
        var test = new FakeLoadTest { SetUp = (context, _) => { seen = context; return default; } };
        await using var engine = new DrivenEngine(test, new Setting { Rank = 1, Drones = 3, Target = new Uri("http://target.example/") }, TwoUsers);

        Assert.Null(await engine.Engine.SetUpAsync(engine.Share, TestContext.Current.CancellationToken));

        Assert.NotNull(seen);
        Assert.Equal(("run-1", "browse", new Uri("http://target.example/")), (seen.RunId, seen.Scenario, seen.Target));
        Assert.Equal((new DroneInfo(1, 3), engine.Clock), (seen.Drone, seen.Clock));
    }

    [Fact]
    public async Task Attach_KeepsUpTo64KiB_AndRefusesMore()
    {
        ArgumentException? refused = null;
        var test = new FakeLoadTest
        {
            SetUp = (context, _) =>
            {
                context.Attach("build", new JsonObject { ["commit"] = "abc" });
                context.Attach("largest", JsonValue.Create(new string('x', (64 * 1024) - 2)));
                refused = Assert.Throws<ArgumentException>(() => context.Attach("huge", JsonValue.Create(new string('x', 64 * 1024))));
                return default;
            },
        };
        await using var engine = new DrivenEngine(test, TwoUsers);

        Assert.Null(await engine.Engine.SetUpAsync(engine.Share, TestContext.Current.CancellationToken));

        Assert.Contains("'huge'", refused?.Message);
        var attached = engine.Recorder.Cut(new("d", "i", 0, 1, TimeSpan.Zero, true), new() { SchedulingDelay = new(3) }).Attachments;
        Assert.Equal(["build", "largest"], attached.Select(a => a.Name));
        Assert.Equal("""{"commit":"abc"}""", attached[0].Json);
    }
}
