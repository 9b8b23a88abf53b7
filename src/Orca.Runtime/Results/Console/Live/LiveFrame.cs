using Spectre.Console;

namespace Orca.Results.Console.Live;

/// <summary>Lays the live view out for a terminal of any size: what matters most keeps its lines, the rest shares what is left.</summary>
internal static class LiveFrame
{
    private const int WideFrom = 120;
    private const int LeastChart = 5;

    /// <summary>The frame's lines: none wider than <paramref name="width"/>, and no more than <paramref name="height"/>.</summary>
    public static IReadOnlyList<LiveLine> Lay(LiveView view, int width, int height)
    {
        List<LiveLine> lines = [.. LiveHead.Lines(view, width), LiveLine.Empty, .. LiveSections.Scenarios(view, width)];
        var left = height - lines.Count;
        lines.AddRange(width >= WideFrom ? Wide(view, width, left) : Stacked(view, width, left));
        return [.. lines.Take(height).Select(line => line.Cut(width))];
    }

    private static List<LiveLine> Stacked(LiveView view, int width, int height)
    {
        var (thresholds, drones, notes) = (LiveSections.Thresholds(view, width), LiveSections.Drones(view, width), LiveSections.Notes(view, width));

        // Each gets a title and one line, then they grow in turn; the chart gets what nobody needs.
        List<(List<LiveLine> Lines, int Least)> sections = [(thresholds, 2), (drones, 2), (notes, 2)];
        var sizes = sections.Select(section => Math.Min(section.Lines.Count, section.Least)).ToArray();
        var chart = height - sizes.Sum() >= LeastChart + 1 ? LeastChart + 1 : 0;
        while (sizes.Sum() + chart < height)
        {
            var grew = false;
            for (var i = 0; i < sizes.Length && sizes.Sum() + chart < height; i++)
            {
                if (sizes[i] < sections[i].Lines.Count)
                {
                    sizes[i]++;
                    grew = true;
                }
            }

            if (!grew)
            {
                break;
            }
        }

        chart = chart > 0 ? Math.Max(chart, height - sizes.Sum()) : 0;
        List<LiveLine> lines = [];
        if (chart > 0)
        {
            lines.Add(LiveSections.Title("response times", width));
            lines.AddRange(LiveChart.Draw(view, width, chart - 1));
        }

        for (var i = 0; i < sizes.Length; i++)
        {
            lines.AddRange(Shortened(sections[i].Lines, sizes[i], newest: i == 2));
        }

        return lines;
    }

    private static List<LiveLine> Wide(LiveView view, int width, int height)
    {
        var side = Math.Clamp(width * 2 / 5, 52, 78);
        var main = width - side - 2;
        var (thresholds, drones, notes) = (LiveSections.Thresholds(view, side), LiveSections.Drones(view, side), LiveSections.Notes(view, width));

        // What happened may take all that neither the chart nor what stands beside it needs.
        var needed = Math.Max(thresholds.Count + drones.Count + 2, height / 2);
        var below = Math.Min(notes.Count, Math.Max(Math.Max(3, height / 5), height - needed));
        var middle = height - below;
        List<LiveLine> left = [LiveSections.Title("response times", main), .. LiveChart.Draw(view, main, middle - 2), LiveLine.Empty];
        var forThresholds = Math.Min(thresholds.Count, Math.Max(middle - drones.Count - 1, middle * 3 / 5));
        List<LiveLine> right = [.. Shortened(thresholds, forThresholds, newest: false)];
        if (right.Count > 0)
        {
            right.Add(LiveLine.Empty);
        }

        right.AddRange(Shortened(drones, middle - right.Count, newest: false));
        List<LiveLine> lines = [];
        for (var i = 0; i < middle; i++)
        {
            lines.Add((i < left.Count ? left[i] : LiveLine.Empty).Beside(i < right.Count ? right[i] : LiveLine.Empty, main + 2));
        }

        lines.AddRange(Shortened(notes, below, newest: true));
        return lines;
    }

    /// <summary>A section with its title in fewer lines: of notes the newest, of others the first, and how many more there are.</summary>
    private static List<LiveLine> Shortened(List<LiveLine> section, int size, bool newest)
    {
        if (section.Count <= size)
        {
            return section;
        }

        if (size < 2)
        {
            return [];
        }

        return newest
            ? [section[0], .. section[^(size - 1)..]]
            : size < 3 ? section[..size] : [.. section[..(size - 1)], new LiveLine().Add($"   and {section.Count - size + 1} more", LiveStyles.Faint)];
    }
}
