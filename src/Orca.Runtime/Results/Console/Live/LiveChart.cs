using Spectre.Console;

namespace Orca.Results.Console.Live;

/// <summary>Draws response percentiles over time in dots of braille, eight to a character.</summary>
internal static class LiveChart
{
    private const int AxisWidth = 9;
    private const int DotsAcross = 2;
    private const int DotsDown = 4;

    // The dots of a braille character, by row, left and right.
    private static readonly int[,] Dots = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };

    /// <summary>The chart in lines of a width; its last line is the time axis. Nothing where there is no room for it.</summary>
    public static List<LiveLine> Draw(LiveView view, int width, int height)
    {
        List<LiveLine> lines = [];
        var (across, down) = (width - AxisWidth, height - 1);
        if (across < 10 || down < 2)
        {
            return lines;
        }

        var points = view.Course.TakeLast(across * DotsAcross).ToList();
        var most = points.Max(point => point.Times?.P99) ?? 0;
        var top = NiceTop(most);
        var (cells, styles) = (new int[down, across], new Style?[down, across]);
        Plot(times => times.P99, LiveStyles.P99);
        Plot(times => times.P95, LiveStyles.P95);
        Plot(times => times.P50, LiveStyles.P50);
        for (var row = 0; row < down; row++)
        {
            var label = row == 0 ? Figures.Time(top) : row == down - 1 ? "0" : row == down / 2 && down > 3 ? Figures.Time(top / 2) : "";
            var line = new LiveLine().Right(label, AxisWidth - 2, LiveStyles.Faint).Add(row == down - 1 ? " ┴" : " ┤", LiveStyles.Faint);
            for (var column = 0; column < across; column++)
            {
                line.Add(cells[row, column] == 0 ? " " : ((char)(0x2800 + cells[row, column])).ToString(), styles[row, column]);
            }

            lines.Add(line);
        }

        var (first, last) = points.Count == 0 ? ("0s", "") : (Figures.Clock(points[0].At), Figures.Clock(points[^1].At));
        var key = across > 44 ? " p50 p95 p99 " : "";
        var gap = Math.Max(0, across - first.Length - last.Length - key.Length);
        var axis = new LiveLine().Add(new string(' ', AxisWidth)).Add(first, LiveStyles.Faint).Add(new string(' ', gap / 2));
        if (key.Length > 0)
        {
            axis.Add(" p50", LiveStyles.P50).Add(" p95", LiveStyles.P95).Add(" p99 ", LiveStyles.P99);
        }

        lines.Add(axis.Add(new string(' ', gap - (gap / 2))).Add(last, LiveStyles.Faint));
        return lines;

        void Plot(Func<IntervalTimes, double> of, Style style)
        {
            int? before = null;
            for (var i = 0; i < points.Count; i++)
            {
                if (points[i].Times is not { } times)
                {
                    before = null;
                    continue;
                }

                // Few points are spread over the whole width; from one to the next there is a line.
                var x = points.Count == 1 ? 0 : (int)Math.Round(i * ((across * DotsAcross) - 1.0) / (points.Count - 1));
                var y = Math.Clamp((int)Math.Round(of(times) / top * ((down * DotsDown) - 1)), 0, (down * DotsDown) - 1);
                var from = before is null ? x : (int)Math.Round((i - 1) * ((across * DotsAcross) - 1.0) / (points.Count - 1));
                for (var at = from; at <= x; at++)
                {
                    var (here, next) = x == from ? (y, y) : (Between(at, from, x, before ?? y, y), Between(Math.Min(at + 1, x), from, x, before ?? y, y));
                    for (var dot = Math.Min(here, next); dot <= Math.Max(here, next); dot++)
                    {
                        Set(at, dot, style);
                    }
                }

                before = y;
            }
        }

        void Set(int x, int y, Style style)
        {
            var fromTop = (down * DotsDown) - 1 - y;
            cells[fromTop / DotsDown, x / DotsAcross] |= Dots[fromTop % DotsDown, x % DotsAcross];
            styles[fromTop / DotsDown, x / DotsAcross] = style;
        }
    }

    private static int Between(int at, int from, int to, int a, int b) => (int)Math.Round(a + ((b - a) * (double)(at - from) / (to - from)));

    /// <summary>The least round figure that is no less, so that the chart has its height for what it shows.</summary>
    private static double NiceTop(double most)
    {
        if (most <= 0)
        {
            return 1;
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(most)));
        return power * ((most / power) switch { <= 1.001 => 1, <= 1.5 => 1.5, <= 2 => 2, <= 3 => 3, <= 4 => 4, <= 5 => 5, <= 6 => 6, <= 8 => 8, _ => 10 });
    }
}
