using Orca.Plans;

namespace Orca.Tests.Execution;

/// <summary>However the code of an iteration waits for its think, the iteration ends with that code: no later, no earlier, and once.</summary>
public sealed class ThinkTests
{
    private static readonly TimeSpan Tenth = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task Iteration_ThatRacesItsThinkAgainstSomethingElse_EndsWithThat()
    {
        var other = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var iterations = 0;
        var test = new FakeLoadTest
        {
            Run = async (user, _) =>
            {
                await Task.WhenAny(user.ThinkAsync(TimeSpan.FromHours(1)).AsTask(), other.Task);
                Interlocked.Increment(ref iterations);
            },
        };
        await using var engine = RealEngine.Of(test, new IterationsStage(8, 8, TimeSpan.FromSeconds(20)));

        await engine.RunUntilAsync(() =>
        {
            other.TrySetResult();
            return Volatile.Read(ref iterations) == 8;
        });

        Assert.Equal(8, iterations);
    }

    [Fact]
    public async Task Iteration_ThatWaitsForMoreAfterItsThink_EndsWithThat()
    {
        var test = new FakeLoadTest
        {
            Run = async (user, _) =>
            {
                await user.ThinkAsync(Tenth);
                await ThinkTwiceAsync(user);
                await user.ThinkAsync(Tenth);
            },
        };
        await using var engine = await new DrivenEngine(test, new UsersStage(5, 5, TimeSpan.FromSeconds(4.1))).StartedAsync();

        engine.Advance(5);

        var measured = engine.Measured;
        Assert.Equal(5 * 11, measured.Finished);
        Assert.InRange(measured.ResponseOk.Min, 400_000_000, 404_000_000);
        Assert.InRange(measured.ResponseOk.Max, 400_000_000, 404_000_000);

        static async Task ThinkTwiceAsync(VirtualUser user)
        {
            await user.ThinkAsync(Tenth);
            await user.ThinkAsync(Tenth);
        }
    }

    [Fact]
    public async Task Iteration_ThatLeavesAThinkBehind_EndsWithoutIt()
    {
        var test = new FakeLoadTest
        {
            Run = async (user, _) =>
            {
                var left = user.ThinkAsync(Tenth * 3).AsTask();
                await user.ThinkAsync(Tenth);
                Assert.False(left.IsCompleted);
            },
        };
        await using var engine = await new DrivenEngine(test, new UsersStage(3, 3, TimeSpan.FromSeconds(1))).StartedAsync();

        engine.Advance(2);

        Assert.Equal(0, engine.Measured.ResponseFailed.Count);
        Assert.InRange(engine.Measured.ResponseOk.Max, 100_000_000, 101_500_000);
    }

    [Fact]
    public async Task Think_AwaitedASecondTime_SaysSo()
    {
        var test = new FakeLoadTest
        {
            Run = async (user, _) =>
            {
                var think = user.ThinkAsync(Tenth);
                await think;
                await think;
            },
        };
        await using var engine = await new DrivenEngine(test, new IterationsStage(1, 1, TimeSpan.FromSeconds(5))).StartedAsync();

        engine.Advance(1);

        var (kind, error) = Assert.Single(engine.Measured.Errors);
        Assert.Equal("InvalidOperationException", kind);
        Assert.Contains("awaited once", error.Sample, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Think_AwaitedInAContextOfTheTests_GoesOnInIt()
    {
        var context = new CountingContext();
        var wasThere = 0;
        var test = new FakeLoadTest
        {
            Run = async (user, _) =>
            {
                SynchronizationContext.SetSynchronizationContext(context);
                try
                {
                    await user.ThinkAsync(TimeSpan.FromMilliseconds(1));
                    if (SynchronizationContext.Current == context)
                    {
                        Interlocked.Increment(ref wasThere);
                    }
                }
                finally
                {
                    SynchronizationContext.SetSynchronizationContext(null);
                }
            },
        };
        await using var engine = RealEngine.Of(test, new IterationsStage(20, 4, TimeSpan.FromSeconds(20)));

        await engine.RunUntilAsync(() => Volatile.Read(ref wasThere) == 20);

        Assert.Equal((20, 20), (wasThere, context.Posts));
    }

    [Fact]
    public async Task Iterations_ThatWaitInEveryWayOnManyThreads_EachEndOnce()
    {
        var (begun, ended) = (0, 0);
        var test = new FakeLoadTest
        {
            Run = (user, ct) =>
            {
                Interlocked.Increment(ref begun);
                var wait = user.ThinkAsync(TimeSpan.FromMicroseconds(user.Random.Next(1, 2500)));

                // In the fourth way the iteration may end before its think: whichever ends first, it ends once.
                return (user.Iteration % 6) switch
                {
                    0 => CountAsync(wait),
                    1 => new ValueTask(CountAsync(wait).AsTask()),
                    2 => CountAsync(AgainAsync(user, wait)),
                    3 => CountAsync(new ValueTask(Task.WhenAny(wait.AsTask(), Task.Delay(1, ct)))),
                    4 => CountAsync(LateAsync(user, wait)),
                    _ => Alone(wait),
                };
            },
        };
        await using var engine = RealEngine.Of(test, new IterationsStage(30_000, 300, TimeSpan.FromSeconds(40)));

        await engine.RunUntilAsync(() => Volatile.Read(ref ended) == 30_000);

        Assert.Equal((30_000, 30_000), (begun, ended));

        async ValueTask CountAsync(ValueTask wait)
        {
            await wait;
            Interlocked.Increment(ref ended);
        }

        ValueTask Alone(ValueTask wait)
        {
            Interlocked.Increment(ref ended);
            return wait;
        }

        static async ValueTask AgainAsync(VirtualUser user, ValueTask first)
        {
            await first;
            await user.ThinkAsync(TimeSpan.FromMicroseconds(1));
            await Task.Yield();
            await user.ThinkAsync(TimeSpan.FromMicroseconds(700));
        }

        // Awaited when it has mostly ended already.
        static async ValueTask LateAsync(VirtualUser user, ValueTask first)
        {
            await Task.Delay(1);
            await first;
            await Task.Yield();
            await user.ThinkAsync(TimeSpan.FromMicroseconds(1));
        }
    }

    private sealed class CountingContext : SynchronizationContext
    {
        private int _posts;

        public int Posts => Volatile.Read(ref _posts);

        public override void Post(SendOrPostCallback d, object? state)
        {
            Interlocked.Increment(ref _posts);
            ThreadPool.QueueUserWorkItem(
                _ =>
                {
                    SetSynchronizationContext(this);
                    d(state);
                });
        }
    }
}
