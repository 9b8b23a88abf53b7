using Orca.Execution;
using Orca.Measurement;
using Orca.Plans;

namespace Orca.Tests.Execution;

public sealed class StepTests
{
    private static readonly TimeSpan Tenth = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task Step_Nested_EachIsTimed()
    {
        var measured = await RunOnceAsync(async user =>
        {
            await user.StepAsync("outer", async _ =>
            {
                await Later(user, 1);
                await user.StepAsync("inner", async _ => await Later(user, 2));
            });
        });

        Assert.Equal(300_000_000, measured.Steps["outer"].Service.Max);
        Assert.Equal(200_000_000, measured.Steps["inner"].Service.Max);
        Assert.Equal((1, 0), (measured.Steps["outer"].Ok, measured.Steps["outer"].Failed));
        Assert.Equal(1, measured.ResponseOk.Count);
    }

    [Fact]
    public async Task Step_WithResult_ReturnsIt()
    {
        var sum = 0;
        await RunOnceAsync(async user =>
        {
            sum += await user.StepAsync("later", async _ =>
            {
                await Later(user, 1);
                return 40;
            });
            sum += await user.StepAsync("now", static (_, _) => new ValueTask<int>(2));
            sum += await user.StepAsync("again", async (_, _) =>
            {
                await Later(user, 1);
                return 400;
            });
        });

        Assert.Equal(442, sum);
    }

    [Fact]
    public async Task Step_Throws_FailsWithTheTypeAndThenTheIteration()
    {
        var measured = await RunOnceAsync(async user =>
        {
            await user.StepAsync("fine", static _ => default);
            await user.StepAsync("broken", async _ =>
            {
                await Later(user, 1);
                throw new InvalidDataException("no basket");
            });
        });

        Assert.Equal((0, 1), (measured.Steps["broken"].Ok, measured.Steps["broken"].Failed));
        Assert.Equal(new ErrorCount(1, "no basket"), measured.Steps["broken"].Errors["InvalidDataException"]);
        Assert.Equal(new ErrorCount(1, "no basket"), measured.Errors["InvalidDataException"]);
        Assert.Equal(1, measured.Steps["fine"].Ok);
    }

    [Fact]
    public async Task Step_ThrowsAtOnce_FailsAlike()
    {
        var measured = await RunOnceAsync(user => user.StepAsync("broken", static _ => throw new InvalidDataException("x")));

        Assert.Equal(1, measured.Steps["broken"].Failed);
        Assert.Equal(1, measured.Errors["InvalidDataException"].Count);
    }

    [Fact]
    public async Task Step_CaughtByTheAuthor_FailsTheStepOnly()
    {
        var measured = await RunOnceAsync(async user =>
        {
            try
            {
                await user.StepAsync("broken", static _ => throw new InvalidDataException("x"));
            }
            catch (InvalidDataException)
            {
            }
        });

        Assert.Equal(1, measured.Steps["broken"].Failed);
        Assert.Equal(1, measured.ResponseOk.Count);
    }

    [Fact]
    public async Task StepFail_CountsItsFirstKind_InStepAndIteration()
    {
        var measured = await RunOnceAsync(user => user.StepAsync("pay", static (step, _) =>
        {
            step.Fail("empty-basket", "basket 7");
            step.Fail("other");
            return default;
        }));

        Assert.Equal(new ErrorCount(1, "basket 7"), Assert.Single(measured.Steps["pay"].Errors).Value);
        Assert.Equal("empty-basket", Assert.Single(measured.Errors).Key);
        Assert.Equal((0, 1), (measured.ResponseOk.Count, measured.ResponseFailed.Count));
    }

    [Fact]
    public async Task Fail_WithoutThrowing_FailsThisIterationOnly()
    {
        await using var engine = await new DrivenEngine(
            new FakeLoadTest { Run = (user, _) => { if (user.Iteration == 1) { user.Fail("bad", "why"); } return user.ThinkAsync(Tenth); } },
            new UsersStage(1, 1, TimeSpan.FromMilliseconds(300))).StartedAsync();
        engine.Advance(1);

        Assert.Equal((2, 1), (engine.Measured.ResponseOk.Count, engine.Measured.ResponseFailed.Count));
        Assert.Equal(new ErrorCount(1, "why"), engine.Measured.Errors["bad"]);
    }

    [Fact]
    public async Task Think_InAStep_CountsInTheIterationButInNoStep()
    {
        var measured = await RunOnceAsync(user => user.StepAsync("browse", async _ =>
        {
            await Later(user, 1);
            await user.ThinkAsync(Tenth * 5);
            await user.StepAsync("inner", async _ => await user.ThinkAsync(Tenth));
        }));

        Assert.Equal(100_000_000, measured.Steps["browse"].Service.Max);
        Assert.Equal(0, measured.Steps["inner"].Service.Max);
        Assert.Equal(700_000_000, measured.ServiceOk.Max);
    }

    [Fact]
    public async Task Pace_ReturnsAPeriodAfterTheIterationBegan()
    {
        var measured = await RunOnceAsync(async user =>
        {
            await Later(user, 2);
            await user.PaceAsync(Tenth * 5);
            await user.PaceAsync(Tenth);
        });

        Assert.Equal(500_000_000, measured.ServiceOk.Max);
    }

    [Fact]
    public async Task Steps_SideBySide_EachIsTimedAndRequestsCountAsConcurrent()
    {
        var seen = new List<string>();
        var measured = await RunOnceAsync(async user =>
        {
            void See() => seen.Add(StepOf(user, "a", "b", "outer"));
            See();
            await user.StepAsync("outer", async _ =>
            {
                See();
                var a = user.StepAsync("a", async _ =>
                {
                    See();
                    await Later(user, 2);
                    See();
                });
                var b = user.StepAsync("b", async _ =>
                {
                    See();
                    await Later(user, 1);
                    See();
                    await Later(user, 2);
                });
                await Task.WhenAll(a.AsTask(), b.AsTask());
                See();
            });
            See();
        });

        Assert.Equal(["(http)", "outer", "a", "(concurrent)", "(concurrent)", "(concurrent)", "outer", "(http)"], seen);
        Assert.Equal(200_000_000, measured.Steps["a"].Service.Max);
        Assert.Equal(300_000_000, measured.Steps["b"].Service.Max);
    }

    [Fact]
    public async Task Steps_BegunByWhenAllOfTasks_AreNotTakenForNested()
    {
        var seen = "";
        await RunOnceAsync(user => new ValueTask(Task.WhenAll(
            user.StepAsync("a", async _ => await Later(user, 2)).AsTask(),
            user.StepAsync("b", async _ =>
            {
                await Later(user, 1);
                seen = StepOf(user, "a", "b");
            }).AsTask())));

        Assert.Equal("(concurrent)", seen);
    }

    [Fact]
    public async Task Steps_StrictlyNestedAcrossAwaits_CountInTheInnermost()
    {
        var seen = new List<string>();
        await RunOnceAsync(async user =>
        {
            await user.StepAsync("a", async _ =>
            {
                await Later(user, 1);
                seen.Add(StepOf(user, "a", "b"));
                await user.StepAsync("b", async _ =>
                {
                    await Later(user, 1);
                    seen.Add(StepOf(user, "a", "b"));
                });
                seen.Add(StepOf(user, "a", "b"));
            });
        });

        Assert.Equal(["a", "b", "a"], seen);
    }

    [Fact]
    public async Task Thinks_SeveralOfOneUser_EachEndsAtItsTime()
    {
        var ends = new List<TimeSpan>();
        DrivenEngine? engine = null;
        var test = new FakeLoadTest
        {
            Run = async (user, _) =>
            {
                async Task ThinkAsync(int tenths)
                {
                    await user.ThinkAsync(Tenth * tenths);
                    ends.Add(engine!.RunTime);
                }

                await Task.WhenAll(ThinkAsync(3), ThinkAsync(1), ThinkAsync(2));
            },
        };
        await using var driven = engine = new DrivenEngine(test, new IterationsStage(1, 1, TimeSpan.FromSeconds(1)));
        await engine.StartedAsync();
        engine.Advance(2);

        Assert.Equal([Tenth, Tenth * 2, Tenth * 3], ends);
    }

    private static string StepOf(VirtualUser user, params string[] names)
    {
        var simulated = (SimulatedUser)user;
        return names.Append("(http)").Append("(concurrent)").Single(name => simulated.Load.Recorder.StepOf(name) == simulated.StepForHttp);
    }

    // A wait that the engine knows nothing of.
    private static Task Later(VirtualUser user, int tenths) => Task.Delay(Tenth * tenths, user.Context.Clock);

    private static async Task<MeasurementSet> RunOnceAsync(Func<VirtualUser, ValueTask> run)
    {
        var test = new FakeLoadTest { Run = (user, _) => run(user) };
        await using var engine = await new DrivenEngine(test, new IterationsStage(1, 1, TimeSpan.FromSeconds(1))).StartedAsync();
        engine.Advance(2);
        Assert.True(engine.Engine.Completion.IsCompletedSuccessfully);
        Assert.Equal(1, engine.Measured.Finished);
        return engine.Measured;
    }
}
