using System.Globalization;
using System.Text;

namespace Orca.Results.Files.Page;

/// <summary>Draws a course of values as a small line without axes.</summary>
internal static class Sparkline
{
    private const int Width = 160;
    private const int Height = 30;
    private const int MostPoints = 120;

    /// <summary>Draws it from zero up; of more values than it has room for, the greatest of each few is shown.</summary>
    public static Trusted Draw(IReadOnlyList<double?> values, string ink)
    {
        var each = Math.Max(1, (int)Math.Ceiling(values.Count / (double)MostPoints));
        double?[] shown = [.. values.Chunk(each).Select(some => some.Max())];
        if (shown.Length < 2 || shown.All(value => value is null))
        {
            return new($"<svg viewBox=\"0 0 {Width} {Height}\" aria-hidden=\"true\"></svg>");
        }

        var most = Math.Max(shown.Max() ?? 0, 1e-9);
        var (line, area, begun, last) = (new StringBuilder(), new StringBuilder(), false, 0.0);
        for (var i = 0; i < shown.Length; i++)
        {
            if (shown[i] is not { } value)
            {
                Close();
                continue;
            }

            var (x, y) = (i * Width / (double)(shown.Length - 1), Height - 2 - (value / most * (Height - 4)));
            line.Append(CultureInfo.InvariantCulture, $"{(begun ? 'L' : 'M')}{x:0.#} {y:0.#}");
            area.Append(CultureInfo.InvariantCulture, $"{(begun ? "" : $"M{x:0.#} {Height}")}L{x:0.#} {y:0.#}");
            (begun, last) = (true, x);
        }

        Close();
        return new($"<svg viewBox=\"0 0 {Width} {Height}\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><path d=\"{area}\" fill=\"var(--{ink})\" opacity=\".13\"/><path d=\"{line}\" fill=\"none\" stroke=\"var(--{ink})\" stroke-width=\"1.600\" stroke-linejoin=\"round\" vector-effect=\"non-scaling-stroke\"/></svg>");

        void Close()
        {
            if (begun)
            {
                area.Append(CultureInfo.InvariantCulture, $"L{last:0.#} {Height}Z");
                begun = false;
            }
        }
    }
}
