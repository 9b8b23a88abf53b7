using Orca.Results;
using Orca.Results.Console;

namespace Orca.Tests.Results;

public class FiguresTests
{
    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(0.00064, "640 ns")]
    [InlineData(0.0452, "45.2 µs")]
    [InlineData(0.99949, "999 µs")]
    [InlineData(0.9996, "1 ms")]
    [InlineData(1.234, "1.23 ms")]
    [InlineData(12.34, "12.3 ms")]
    [InlineData(312.4, "312 ms")]
    [InlineData(999.7, "1 s")]
    [InlineData(1250, "1.25 s")]
    [InlineData(125_000, "2m 05s")]
    public void Time_AnySize_HasThreeDigitsAndAUnit(double milliseconds, string text) => Assert.Equal(text, Figures.Time(milliseconds));

    [Theory]
    [InlineData(5.24, "5.2s")]
    [InlineData(45, "45s")]
    [InlineData(125, "2m 05s")]
    [InlineData(3725, "1h 02m 05s")]
    public void Clock_RunTime_IsReadable(double seconds, string text) => Assert.Equal(text, Figures.Clock(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0, "0%")]
    [InlineData(0.00001, "<0.01%")]
    [InlineData(0.0012, "0.12%")]
    [InlineData(0.125, "12.5%")]
    [InlineData(0.99999, ">99.99%")]
    [InlineData(1, "100%")]
    public void Percent_AnyShare_IsNeverRoundedToNoneOrAll(double share, string text) => Assert.Equal(text, Figures.Percent(share));

    [Theory]
    [InlineData(0.25, "0.25/s")]
    [InlineData(149.84, "149.8/s")]
    [InlineData(1234.5, "1,234.5/s")]
    [InlineData(12345.6, "12,346/s")]
    public void Rate_AnySize_IsReadable(double rate, string text) => Assert.Equal(text, Figures.Rate(rate));

    [Theory]
    [InlineData(512, "512 B")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(104_857_600, "100 MiB")]
    public void Bytes_AnySize_HaveAUnit(long bytes, string text) => Assert.Equal(text, Figures.Bytes(bytes));

    [Fact]
    public void Windows_Many_ShowsTheFirst()
    {
        var windows = Enumerable.Range(0, 5).Select(i => new RunWindow(TimeSpan.FromSeconds(10 * i), TimeSpan.FromSeconds((10 * i) + 2))).ToList();

        Assert.Equal("0s–2s, 10s–12s, 20s–22s and 2 more", Figures.Windows(windows));
    }
}
