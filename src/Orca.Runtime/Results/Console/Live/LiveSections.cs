using Spectre.Console;

namespace Orca.Results.Console.Live;

/// <summary>The parts of the live view, each as lines under a title.</summary>
internal static class LiveSections
{
    private const int MostName = 24;
    private const int WithZerosFrom = 110;

    public static LiveLine Title(string text, int width) =>
        new LiveLine().Add(" ").Add(text, LiveStyles.Faint).Add(" ").Add(new string('─', Math.Max(0, width - text.Length - 3)), LiveStyles.Faint);

    /// <summary>What runs, in which phase, for how long still.</summary>
    public static IEnumerable<LiveLine> Head(LiveView view, int width)
    {
        var plan = view.Started.Plan;
        var whole = plan.Duration;
        var at = view.Elapsed < TimeSpan.Zero ? TimeSpan.Zero : view.Elapsed > whole ? whole : view.Elapsed;
        var (phase, style) = view.Elapsed < TimeSpan.Zero ? ("starting", LiveStyles.Faint)
            : view.Draining ? ("draining", LiveStyles.Doubtful)
            : view.Elapsed < plan.WarmUp ? ("warming up", LiveStyles.Doubtful)
            : ("running", LiveStyles.Good);
        var left = TimeSpan.FromSeconds(Math.Ceiling((whole - at).TotalSeconds));
        var time = view.Elapsed < TimeSpan.Zero ? $"in {Figures.Clock(TimeSpan.FromSeconds(Math.Ceiling(-view.Elapsed.TotalSeconds)))}"
            : view.Draining ? "running iterations end"
            : $"{Figures.Clock(TimeSpan.FromSeconds(Math.Floor(at.TotalSeconds)))} of {Figures.Clock(whole)} · {Figures.Clock(left)} left";
        var name = Column.OneLine(plan.Name);
        var end = new LiveLine().Add(phase, style).Add($" · {time} ");
        if (name.Length + end.Width + 3 > width)
        {
            // Where there is no room for both, the name matters more than how long it all takes.
            end = width > 40 ? new LiveLine().Add(phase, style).Add($" · {Figures.Clock(left)} left ") : LiveLine.Empty;
        }

        yield return new LiveLine().Add(" ").Add(Column.Fit(name, Math.Max(8, width - end.Width - 3)), LiveStyles.Title).Beside(end, Math.Max(0, width - end.Width));

        var bar = Math.Max(0, width - 2);
        var done = whole > TimeSpan.Zero ? (int)Math.Round(bar * (at / whole)) : 0;
        yield return new LiveLine().Add(" ").Add(new string('━', done), style).Add(new string('─', bar - done), LiveStyles.Faint);

        var users = view.Last?.Total.Users ?? 0;
        var line = new LiveLine().Add(" ").Add($"{view.Started.Drones.Length - view.Lost.Count}", LiveStyles.Strong).Add(view.Lost.Count > 0 ? $" of {view.Started.Drones.Length}" : "")
            .Add(view.Started.Drones.Length == 1 ? " drone" : " drones").Add("   users ").Add(Figures.Count(users), LiveStyles.Strong);
        if (view.Asked > 0)
        {
            var share = (double)view.Arrived / view.Asked;
            line.Add("   load ").Add(Figures.Count(view.Arrived), LiveStyles.Strong).Add($" of {Figures.Count(view.Asked)} due ").Add($"({Figures.Percent(Math.Min(share, 1))})", share < 0.99 ? LiveStyles.Doubtful : LiveStyles.Good);
        }

        line.Add("   done ").Add(Figures.Count(view.Finished), LiveStyles.Strong);
        foreach (var (count, what, ink) in (IEnumerable<(long, string, Style)>)[(view.Failed, "failed", LiveStyles.Bad), (view.Dropped, "dropped", LiveStyles.Doubtful), (view.Missed, "missed", LiveStyles.Doubtful)])
        {
            // Where there is little room, what has not happened is not told.
            if (count > 0 || width >= WithZerosFrom)
            {
                line.Add(count == 0 ? $"   0 {what}" : $"   {Figures.Count(count)} {what}", count == 0 ? LiveStyles.Faint : ink);
            }
        }

        yield return line;
    }

    public static IEnumerable<LiveLine> Scenarios(LiveView view, int width, bool narrow)
    {
        var plan = view.Started.Plan;
        var name = Math.Clamp(plan.Scenarios.Max(scenario => scenario.Name.Length) + 1, 10, narrow ? 14 : MostName);
        var figures = narrow ? 9 : Math.Clamp((width - name - 2) / 7, 9, 12);
        LiveLine Row(string title, IEnumerable<(string Text, Style? Style)> cells) =>
            cells.Aggregate(new LiveLine().Add(" ").Left(title, name, LiveStyles.Strong), (line, cell) => line.Right(cell.Text, figures, cell.Style));

        yield return ((IEnumerable<(string, Style?)>)(narrow
            ? [("rate", LiveStyles.Faint), ("failed", LiveStyles.Faint), ("p95", LiveStyles.P95), ("p99", LiveStyles.P99)]
            : [("asked", LiveStyles.Faint), ("rate", LiveStyles.Faint), ("users", LiveStyles.Faint), ("failed", LiveStyles.Faint), ("p50", LiveStyles.P50), ("p95", LiveStyles.P95), ("p99", LiveStyles.P99)]))
            .Aggregate(new LiveLine().Add(" ").Left("scenario", name, LiveStyles.Faint), (line, cell) => line.Right(cell.Item1, figures, cell.Item2));
        foreach (var scenario in plan.Scenarios)
        {
            var now = view.Last is { } last ? Sum([.. last.Scenarios.Concat(last.WarmUp).Where(part => part.Name == scenario.Name)]) : default;
            var seconds = view.Last?.Seconds ?? 1;
            var times = view.Times.GetValueOrDefault(scenario.Name);
            var failed = (now.Failed == 0 ? "–" : Figures.Percent((double)now.Failed / Math.Max(1, now.Finished)), now.Failed > 0 ? LiveStyles.Bad : null);
            var asked = now.Due > 0 ? Figures.Rate(Math.Round(now.Due / seconds, 1)) : now.UsersAsked > 0 ? $"{Figures.Count(now.UsersAsked)} users" : "–";
            yield return Row(Column.OneLine(scenario.Name), narrow
                ? [(Figures.Rate(now.Rate), null), failed, (Figures.Time(times?.P95), null), (Figures.Time(times?.P99), null)]
                : [(asked, LiveStyles.Faint), (Figures.Rate(now.Rate), null), (Figures.Count(now.Users), null), failed, (Figures.Time(times?.P50), null), (Figures.Time(times?.P95), null), (Figures.Time(times?.P99), null)]);
        }
    }

    public static List<LiveLine> Thresholds(LiveView view, int width)
    {
        var plan = view.Started.Plan;
        if (plan.Thresholds.IsEmpty)
        {
            return [];
        }

        List<LiveLine> lines = [Title("thresholds", width)];
        var now = view.Last?.Thresholds ?? [];
        var text = Math.Clamp(plan.Thresholds.Max(threshold => threshold.Text.Length) + 1, 10, Math.Max(10, width - 33));

        // Those that fail come first: where there is no room for all they are what matters.
        foreach (var (threshold, result) in plan.Thresholds.Select((threshold, i) => (threshold, i < now.Length ? now[i] : null)).OrderBy(row => row.Item2?.Passed ?? true))
        {
            var line = new LiveLine().Add(" ");
            line = result is null ? line.Add("· ", LiveStyles.Faint) : result.Passed ? line.Add("✓ ", LiveStyles.Good) : line.Add("✗ ", LiveStyles.Bad);
            line.Left(Column.OneLine(threshold.Text), text, result is { Passed: false } ? LiveStyles.Bad : null).Right(result?.Value is { } value ? Figures.InUnit(value, result.Unit) : "–", 10);
            if (result is { Passed: true, Margin: { } margin })
            {
                line.Add($"  {Figures.Percent(margin)} to spare", LiveStyles.Faint);
            }
            else if (result is { FirstFailedAt: { } at })
            {
                line.Add($"  since {Figures.Clock(at)}", LiveStyles.Bad);
            }

            lines.Add(line);
        }

        return lines;
    }

    public static List<LiveLine> Drones(LiveView view, int width)
    {
        List<LiveLine> lines = [Title("drones", width)];
        var limits = view.Started.Plan.Limits;
        var name = Math.Clamp(view.Started.Drones.Max(drone => drone.Id.Length) + 1, 8, 20);
        var health = view.Started.Drones
            .Select(drone => (drone.Id, Figures: view.Drones.GetValueOrDefault(drone.Id), IsLost: view.Lost.Contains(drone.Id)))
            .OrderByDescending(drone => drone.IsLost)
            .ThenByDescending(drone => drone.Figures is { } figures && Math.Max(figures.LatenessP99 ?? 0, figures.SchedulingDelayP99 ?? 0) > limits.Lateness.TotalMilliseconds);
        foreach (var (id, figures, isLost) in health)
        {
            var worst = Math.Max(figures?.LatenessP99 ?? 0, figures?.SchedulingDelayP99 ?? 0);
            var isLate = worst > limits.Lateness.TotalMilliseconds;
            var line = new LiveLine().Add(" ").Add(isLost ? "✗ " : figures is null ? "· " : "● ", isLost ? LiveStyles.Bad : figures is null ? LiveStyles.Faint : isLate ? LiveStyles.Doubtful : LiveStyles.Good).Left(id, name);
            if (isLost)
            {
                lines.Add(line.Add("lost", LiveStyles.Bad));
                continue;
            }

            if (figures is not null)
            {
                var rate = figures.Started / (view.Last?.Seconds ?? 1);
                line.Add("cpu ", LiveStyles.Faint).Right(Figures.Percent(figures.Cpu), 6).Add("  late ", LiveStyles.Faint).Right(Figures.Time(figures.LatenessP99), 8, isLate ? LiveStyles.Doubtful : null)
                    .Add("  delay ", LiveStyles.Faint).Right(Figures.Time(figures.SchedulingDelayP99), 8, isLate ? LiveStyles.Doubtful : null).Right(Figures.Rate(Math.Round(rate)), 10);
                if (width - line.Width > 14)
                {
                    line.Right(Figures.Bytes(figures.WorkingSet), 11, LiveStyles.Faint);
                }
            }

            lines.Add(line);
        }

        return lines;
    }

    public static List<LiveLine> Notes(LiveView view, int width) => view.Notes.IsEmpty
        ? []
        : [Title("events", width), .. view.Notes.Select(note => new LiveLine().Right(note.At is { } at ? Figures.Clock(at) : "", 8, LiveStyles.Faint).Add(note.Grave ? " ! " : " · ", note.Grave ? LiveStyles.Bad : LiveStyles.Faint).Add(Column.OneLine(note.Text), note.Grave ? LiveStyles.Bad : null))];

    // In the interval in which the warm-up ends a scenario has both parts.
    private static (long Finished, long Failed, double Rate, long Due, int Users, int UsersAsked) Sum(IntervalFigures[] parts) => (
        parts.Sum(part => part.Ok + part.Failed), parts.Sum(part => part.Failed), parts.Sum(part => part.Rate), parts.Sum(part => part.ArrivalsAsked),
        parts.Select(part => part.Users).DefaultIfEmpty().Max(), parts.Select(part => part.UsersAsked).DefaultIfEmpty().Max());
}
