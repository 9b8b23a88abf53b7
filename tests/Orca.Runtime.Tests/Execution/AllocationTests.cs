using Orca.Plans;

namespace Orca.Tests.Execution;

/// <summary>What the engine allocates of its own, counted exactly on the one thread of a driven clock.</summary>
public sealed class AllocationTests
{
    private const int Settled = 400;

    [Fact]
    public async Task Iteration_ThatNeverWaits_AllocatesNothing()
    {
        var before = 0L;
        var (counted, allocated) = (0, 0L);
        var test = new FakeLoadTest
        {
            Run = (user, _) =>
            {
                // Between one iteration and the next of the same turn lies nothing but the engine.
                var now = GC.GetAllocatedBytesForCurrentThread();
                if (user.Iteration > Settled && user.Iteration % 4 != 0)
                {
                    (counted, allocated) = (counted + 1, allocated + now - before);
                }

                before = GC.GetAllocatedBytesForCurrentThread();
                return default;
            },
        };
        await using var engine = new DrivenEngine(test, new UsersStage(1, 1, TimeSpan.FromSeconds(2)));
        await engine.StartedAsync();

        engine.Advance(2);

        Assert.True(counted > 1000, $"{counted} iterations");
        Assert.Equal(0, allocated);
    }

    [Fact]
    public async Task Step_WithState_AllocatesNothing()
    {
        var (counted, allocated) = (0, 0L);
        var test = new FakeLoadTest
        {
            Run = (user, _) =>
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                var outer = user.StepAsync("outer", user, static (user, _, _) =>
                    user.StepAsync("inner", user, static (user, step, _) => { user.Check("named", step.Name.Length > 0); return default; }));
                var result = user.StepAsync("result", 7, static (seven, _, _) => new ValueTask<int>(seven));
                if (user.Iteration > Settled)
                {
                    (counted, allocated) = (counted + 1, allocated + GC.GetAllocatedBytesForCurrentThread() - before);
                }

                Assert.True(outer.IsCompletedSuccessfully && result.IsCompletedSuccessfully);
                return default;
            },
        };
        await using var engine = new DrivenEngine(test, new UsersStage(1, 1, TimeSpan.FromSeconds(2)));
        await engine.StartedAsync();

        engine.Advance(2);

        Assert.True(counted > 1000, $"{counted} iterations");
        Assert.Equal(0, allocated);
    }

    [Fact]
    public async Task Think_OfAnyUser_AllocatesNothing()
    {
        // What the driven clock itself allocates is the same however many users it wakes.
        var one = await AllocatedAsync(users: 1);
        var many = await AllocatedAsync(users: 201);

        Assert.True(many.Wakes - one.Wakes > 10_000, $"{many.Wakes} wakes");
        Assert.Equal(0, (many.Allocated - one.Allocated) / (many.Wakes - one.Wakes));
    }

    private static async Task<(long Wakes, long Allocated)> AllocatedAsync(int users)
    {
        var wakes = 0L;
        var test = new FakeLoadTest { Run = (user, _) => { wakes++; return user.ThinkAsync(TimeSpan.FromMilliseconds(5)); } };
        await using var engine = new DrivenEngine(test, new UsersStage(users, users, TimeSpan.FromSeconds(2)));
        await engine.StartedAsync();
        engine.Advance(1);
        var (since, before) = (wakes, GC.GetAllocatedBytesForCurrentThread());
        engine.Advance(0.5);
        return (wakes - since, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
