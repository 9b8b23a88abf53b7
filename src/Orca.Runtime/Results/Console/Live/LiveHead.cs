using Spectre.Console;

namespace Orca.Results.Console.Live;

/// <summary>The live view's first lines: what runs, in which phase, for how long still, and how much was done.</summary>
internal static class LiveHead
{
    public static IEnumerable<LiveLine> Lines(LiveView view, int width)
    {
        var plan = view.Started.Plan;
        var whole = plan.Duration;
        var at = view.Elapsed < TimeSpan.Zero ? TimeSpan.Zero : view.Elapsed > whole ? whole : view.Elapsed;
        var (phase, style) = view.Elapsed < TimeSpan.Zero ? ("starting", LiveStyles.Faint)
            : view.Draining ? ("draining", LiveStyles.Doubtful)
            : view.Elapsed < plan.WarmUp ? ("warming up", LiveStyles.Doubtful)
            : ("running", LiveStyles.Good);
        yield return Name(view, at, phase, style, width);

        var bar = Math.Max(0, width - 2);
        var done = whole > TimeSpan.Zero ? (int)Math.Round(bar * (at / whole)) : 0;
        yield return new LiveLine().Add(" ").Add(new string('━', done), style).Add(new string('─', bar - done), LiveStyles.Faint);

        // Where there is little room, first what has not happened is not told, then what other lines tell too.
        var lines = (LiveLine[])[Counts(view, withZeros: true), Counts(view, withZeros: false), Shares(view)];
        yield return lines.FirstOrDefault(line => line.Width <= width) ?? lines[^1];
    }

    private static LiveLine Name(LiveView view, TimeSpan at, string phase, Style style, int width)
    {
        var whole = view.Started.Plan.Duration;
        var left = TimeSpan.FromSeconds(Math.Ceiling((whole - at).TotalSeconds));
        var time = view.Elapsed < TimeSpan.Zero ? $"in {Figures.Clock(TimeSpan.FromSeconds(Math.Ceiling(-view.Elapsed.TotalSeconds)))}"
            : view.Draining ? "running iterations end"
            : $"{Figures.Clock(TimeSpan.FromSeconds(Math.Floor(at.TotalSeconds)))} of {Figures.Clock(whole)} · {Figures.Clock(left)} left";
        var name = Column.OneLine(view.Started.Plan.Name);
        var end = new LiveLine().Add(phase, style).Add($" · {time} ");
        if (name.Length + end.Width + 3 > width)
        {
            // Where there is no room for both, the name matters more than how long it all takes.
            end = width > 50 ? new LiveLine().Add(phase, style).Add($" · {Figures.Clock(left)} left ")
                : width > 30 ? new LiveLine().Add($"{Figures.Clock(left)} left ", style)
                : LiveLine.Empty;
        }

        return new LiveLine().Add(" ").Add(Column.Fit(name, Math.Max(8, width - end.Width - 3)), LiveStyles.Title).Beside(end, Math.Max(0, width - end.Width));
    }

    private static LiveLine Counts(LiveView view, bool withZeros)
    {
        var line = Drones(view).Add("   users ").Add(Figures.Count(view.Last?.Total.Users ?? 0), LiveStyles.Strong);
        if (view.Asked > 0)
        {
            line.Add("   load ").Add(Figures.Count(view.Arrived), LiveStyles.Strong).Add($" of {Figures.Count(view.Asked)} due ").Add($"({Delivered(view)})", InkOfDelivered(view));
        }

        return Lacking(line.Add("   done ").Add(Figures.Count(view.Finished), LiveStyles.Strong), view, withZeros);
    }

    private static LiveLine Shares(LiveView view)
    {
        var line = Drones(view);
        if (view.Asked > 0)
        {
            line.Add("   load ").Add(Delivered(view), InkOfDelivered(view));
        }

        return Lacking(line, view, withZeros: false);
    }

    private static LiveLine Drones(LiveView view)
    {
        var all = view.Started.Drones.Length;
        return new LiveLine().Add(" ").Add($"{all - view.Lost.Count}", LiveStyles.Strong).Add(view.Lost.Count > 0 ? $" of {all}" : "").Add(all == 1 ? " drone" : " drones");
    }

    private static LiveLine Lacking(LiveLine line, LiveView view, bool withZeros)
    {
        foreach (var (count, what, ink) in (IEnumerable<(long, string, Style)>)[(view.Failed, "failed", LiveStyles.Bad), (view.Dropped, "dropped", LiveStyles.Doubtful), (view.Missed, "missed", LiveStyles.Doubtful)])
        {
            if (count > 0 || withZeros)
            {
                line.Add($"   {Figures.Count(count)} {what}", count == 0 ? LiveStyles.Faint : ink);
            }
        }

        return view.IsBehind ? line.Add($"   figures of {Figures.Clock(view.Last!.To)}", LiveStyles.Doubtful) : line;
    }

    private static string Delivered(LiveView view) => Figures.Percent(Math.Min((double)view.Arrived / view.Asked, 1));

    private static Style InkOfDelivered(LiveView view) => view.Arrived < 0.99 * view.Asked ? LiveStyles.Doubtful : LiveStyles.Good;
}
