using Microsoft.Extensions.Time.Testing;
using Orca.Execution;
using Orca.Plans;

namespace Orca.Tests.Execution;

public sealed class ThinkWheelTests
{
    [Fact]
    public async Task Thinks_OfAnyLength_EndAtTheFirstMillisecondThatIsNotBefore()
    {
        var seed = new Random(5);
        var late = new List<TimeSpan>();
        DrivenEngine? engine = null;
        var test = new FakeLoadTest
        {
            Run = async (user, _) =>
            {
                // Up to 10 s: several turns of the wheel.
                var duration = TimeSpan.FromTicks(seed.NextInt64(1, 100_000_000));
                var began = engine!.RunTime;
                await user.ThinkAsync(duration);
                late.Add(engine.RunTime - began - duration);
            },
        };
        await using var driven = engine = new DrivenEngine(test, new UsersStage(200, 200, TimeSpan.FromSeconds(15)));
        await engine.StartedAsync();

        engine.Advance(26);

        Assert.True(late.Count > 300);
        // The clock advances by half a millisecond.
        Assert.All(late, l => Assert.InRange(l, TimeSpan.Zero, TimeSpan.FromMilliseconds(1.5)));
    }

    [Fact]
    public async Task Thinks_AddedFromManyThreads_AllEndAndNoneEarly()
    {
        using var cut = new CancellationTokenSource();
        var clock = new RunClock(TimeProvider.System);
        var (early, ended) = (0, 0);
        var test = new FakeLoadTest
        {
            Run = async (user, _) =>
            {
                for (var i = 0; i < 20; i++)
                {
                    var began = clock.Now;
                    var duration = user.Random.Next(0, 3000);
                    await user.ThinkAsync(TimeSpan.FromMicroseconds(duration));
                    if (clock.Now - began < clock.Units(TimeSpan.FromMicroseconds(duration)))
                    {
                        Interlocked.Increment(ref early);
                    }
                }

                Interlocked.Increment(ref ended);
            },
        };
        await using var engine = RealEngine.Of(test, new IterationsStage(2000, 500, TimeSpan.FromSeconds(20)));
        await engine.RunUntilAsync(() => Volatile.Read(ref ended) == 2000);

        Assert.Equal((0, 2000), (early, ended));
    }

    [Fact]
    public void Turn_WithNothingWaiting_AsksForNoCall()
    {
        var clock = new FakeTimeProvider();
        var run = new RunState(new RunClock(clock), CancellationToken.None, _ => { });

        clock.Advance(TimeSpan.FromHours(10));

        Assert.Equal(long.MaxValue, run.Wheel.Turn(run.Clock.Now));
    }
}
