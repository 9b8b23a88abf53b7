using Microsoft.Extensions.Time.Testing;
using Orca.Execution;

namespace Orca.Tests.Execution;

public sealed class RunClockTests
{
    [Theory]
    [InlineData(10_000_000)]
    [InlineData(1_000_000_000)]
    [InlineData(24_000_000)]
    [InlineData(3_579_545)]
    public void TimestampAt_OfAnyFrequency_IsTheFirstAtWhichTheRunTimeHasCome(long frequency)
    {
        var clock = new RunClock(new OddClock(frequency));
        clock.StartAt(123_456_789);
        for (var ticks = 0L; ticks < 10_000_000; ticks += 12_347)
        {
            var runTime = TimeSpan.FromTicks(ticks);
            var timestamp = clock.TimestampAt(runTime);

            Assert.True(clock.At(timestamp) >= runTime);
            Assert.True(clock.At(timestamp - 1) < runTime);
        }
    }

    [Fact]
    public void At_BeforeTheStart_IsNegativeAndOfNoTimestampTheLeast()
    {
        var clock = new RunClock(new FakeTimeProvider());
        clock.StartAt(50_000_000);

        Assert.Equal(TimeSpan.FromSeconds(-5), clock.At(0));
        Assert.Equal(TimeSpan.MinValue, clock.At(long.MinValue));
        Assert.True(clock.At(long.MaxValue) > TimeSpan.FromDays(1000));
    }

    private sealed class OddClock(long frequency) : TimeProvider
    {
        public override long TimestampFrequency => frequency;
    }
}
