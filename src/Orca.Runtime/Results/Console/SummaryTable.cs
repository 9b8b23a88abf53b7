namespace Orca.Results.Console;

/// <summary>The summary's rows of counts and times: where the terminal is narrow, columns are left out.</summary>
internal sealed class SummaryTable
{
    private const int TimeWidth = 9;

    private readonly int _name;
    private readonly int _count;
    private readonly int _failed;
    private readonly int _rate;
    private readonly bool _withMedian;
    private readonly bool _withMax;

    public SummaryTable(int width)
    {
        (_count, _failed, _rate) = width >= 96 ? (11, 9, 11) : (9, width >= 52 ? 7 : 0, width >= 76 ? 10 : 0);
        (_withMedian, _withMax) = (width >= 68, width >= 60);
        _name = Math.Min(30, width - 1 - _count - _failed - _rate - (TimeWidth * (2 + (_withMedian ? 1 : 0) + (_withMax ? 1 : 0))));
    }

    public string Head(string name, string count, string failed) => Row(name, count, failed, "rate", "p50", "p95", "p99", "max");

    /// <summary>A row; a time past the percentile that is known has a question mark.</summary>
    public string Row(string name, long count, long failed, double rate, TimeStatistics? times, double known) => Row(
        name,
        Figures.Count(count),
        failed == 0 ? "–" : Figures.Count(failed),
        Figures.Rate(rate),
        Time(times?.P50, 50, known),
        Time(times?.P95, 95, known),
        Time(times?.P99, 99, known),
        Time(times?.Max, 100, known));

    private string Row(string name, string count, string failed, string rate, string p50, string p95, string p99, string max) =>
        $" {Column.Left(Column.OneLine(name), _name - 1)} {Column.Right(count, _count)}{Cell(failed, _failed)}{Cell(rate, _rate)}"
        + $"{Cell(p50, _withMedian ? TimeWidth : 0)}{Cell(p95, TimeWidth)}{Cell(p99, TimeWidth)}{Cell(max, _withMax ? TimeWidth : 0)}";

    private static string Cell(string text, int width) => width == 0 ? "" : Column.Right(text, width);

    private static string Time(double? milliseconds, double percentile, double known) =>
        milliseconds is { } time ? Figures.Time(time) + (percentile > known + 1e-9 ? "?" : "") : "–";
}
