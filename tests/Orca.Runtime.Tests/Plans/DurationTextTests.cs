using Orca.Plans;

namespace Orca.Tests.Plans;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("250ms", 0.25)]
    [InlineData("30s", 30)]
    [InlineData("1m30s", 90)]
    [InlineData("2h", 7200)]
    [InlineData("1h2m3s4ms", 3723.004)]
    [InlineData("1.5h", 5400)]
    [InlineData("0.5ms", 0.0005)]
    [InlineData("90m", 5400)]
    [InlineData("0s", 0)]
    [InlineData("01:02:03", 3723)]
    [InlineData("0:00:01.5", 1.5)]
    [InlineData("120:00:00", 432000)]
    public void TryParse_Duration_IsRead(string text, double seconds)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("5x")]
    [InlineData("s")]
    [InlineData("5 s")]
    [InlineData(" 5s")]
    [InlineData("-5s")]
    [InlineData("+5s")]
    [InlineData("1e3s")]
    [InlineData("5S")]
    [InlineData("1s1m")]
    [InlineData("1s1s")]
    [InlineData("1m30")]
    [InlineData(".5s")]
    [InlineData("5.s")]
    [InlineData("1.2.3s")]
    [InlineData("0.00000001s")]
    [InlineData("9999999999999999999999s")]
    [InlineData("999999999999h")]
    [InlineData("1:2:3")]
    [InlineData("00:60:00")]
    [InlineData("00:00:60")]
    [InlineData("00:00")]
    [InlineData("00:00:00:00")]
    [InlineData("1.5:00:00")]
    [InlineData("00:00:1x")]
    [InlineData("٣s")]
    public void TryParse_AnythingElse_IsRefused(string? text) => Assert.False(DurationText.TryParse(text, out _));

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(2_500_000, "250ms")]
    [InlineData(15_000_000, "1.5s")]
    [InlineData(1, "0.0000001s")]
    [InlineData(900_000_000, "1m30s")]
    [InlineData(36_000_000_000, "1h")]
    [InlineData(36_600_000_000, "1h1m")]
    [InlineData(-50_000_000, "-5s")]
    public void Format_Duration_IsShort(long ticks, string text) => Assert.Equal(text, DurationText.Format(new TimeSpan(ticks)));

    [Fact]
    public void Format_AnyDuration_IsReadTheSame()
    {
        var random = new Random(1);
        for (var i = 0; i < 5000; i++)
        {
            var duration = new TimeSpan(random.NextInt64(0, 1L << random.Next(1, 63)));
            Assert.True(DurationText.TryParse(DurationText.Format(duration), out var again), DurationText.Format(duration));
            Assert.Equal(duration, again);
        }
    }
}
