using Spectre.Console;

namespace Orca.Results.Console.Live;

/// <summary>The parts of the live view below its head, each as lines under a title; what is told shrinks with the width.</summary>
internal static class LiveSections
{
    private const int MostName = 24;
    private const int MostNoteLines = 3;

    public static LiveLine Title(string text, int width, string columns = "")
    {
        var title = new LiveLine().Add(" ").Add(text, LiveStyles.Faint).Add(" ");
        return title.Add(new string('─', Math.Max(0, width - title.Width - 1 - columns.Length)), LiveStyles.Faint).Add(columns, LiveStyles.Faint);
    }

    public static IEnumerable<LiveLine> Scenarios(LiveView view, int width)
    {
        var plan = view.Started.Plan;
        var columns = width >= 72 ? (string[])["asked", "rate", "users", "failed", "p50", "p95", "p99"] : width >= 52 ? ["rate", "failed", "p95", "p99"] : ["rate", "failed", "p99"];
        var name = Math.Clamp(plan.Scenarios.Max(scenario => scenario.Name.Length) + 1, 10, Math.Max(10, Math.Min(MostName, width - 2 - (9 * columns.Length))));
        var figures = Math.Clamp((width - name - 2) / columns.Length, 9, 12);
        var head = columns.Aggregate(new LiveLine().Add(" ").Left("scenario", name, LiveStyles.Faint), (line, column) => line.Right(column, figures, InkOf(column) ?? LiveStyles.Faint));
        yield return head;
        foreach (var scenario in plan.Scenarios)
        {
            var now = view.Last is { } last ? Sum([.. last.Scenarios.Concat(last.WarmUp).Where(part => part.Name == scenario.Name)]) : default;
            var seconds = view.Last?.Seconds ?? 1;
            var times = view.Times.GetValueOrDefault(scenario.Name);
            var asked = now.Due > 0 ? Figures.Rate(Math.Round(now.Due / seconds, 1)) : now.UsersAsked > 0 ? $"{Figures.Count(now.UsersAsked)} users" : "–";
            yield return columns.Aggregate(new LiveLine().Add(" ").Left(Column.OneLine(scenario.Name), name, LiveStyles.Strong), (line, column) => column switch
            {
                "asked" => line.Right(asked, figures, LiveStyles.Faint),
                "rate" => line.Right(Figures.Rate(Math.Round(now.Rate, 1)), figures),
                "users" => line.Right(Figures.Count(now.Users), figures),
                "failed" => line.Right(now.Failed == 0 ? "–" : Figures.Percent((double)now.Failed / Math.Max(1, now.Finished)), figures, now.Failed > 0 ? LiveStyles.Bad : null),
                "p50" => line.Right(Figures.Time(times?.P50), figures),
                "p95" => line.Right(Figures.Time(times?.P95), figures),
                _ => line.Right(Figures.Time(times?.P99), figures),
            });
        }
    }

    public static List<LiveLine> Thresholds(LiveView view, int width)
    {
        const int ValueWidth = 11, MarginWidth = 12;
        var plan = view.Started.Plan;
        if (plan.Thresholds.IsEmpty)
        {
            return [];
        }

        var now = view.Last?.Thresholds ?? [];
        var broken = now.Count(result => !result.Passed);
        var withMargin = width >= 46;
        var text = Math.Clamp(plan.Thresholds.Max(threshold => threshold.Text.Length), 10, Math.Max(10, width - 4 - ValueWidth - (withMargin ? MarginWidth : 0)));
        var tail = width - 4 - text - ValueWidth - (withMargin ? MarginWidth : 0);
        var columns = $" now{(withMargin ? "to spare".PadLeft(MarginWidth) : "")}{(tail > 1 ? " " + new string('─', tail - 1) : "")}";
        List<LiveLine> lines = [Title(broken > 0 ? $"thresholds · {broken} broken" : "thresholds", width, columns)];

        // Those that fail come first: where there is no room for all they are what matters.
        foreach (var (threshold, result) in plan.Thresholds.Select((threshold, i) => (threshold, i < now.Length ? now[i] : null)).OrderBy(row => row.Item2?.Passed ?? true))
        {
            var line = new LiveLine().Add(" ");
            line = result is null ? line.Add("· ", LiveStyles.Faint) : result.Passed ? line.Add("✓ ", LiveStyles.Good) : line.Add("✗ ", LiveStyles.Bad);
            line.Left(Column.OneLine(threshold.Text), text, result is { Passed: false } ? LiveStyles.Bad : null).Right(result?.Value is { } value ? Figures.InUnit(value, result.Unit) : "–", ValueWidth);
            if (withMargin && result is { Passed: true, Margin: { } margin })
            {
                line.Right(Figures.Percent(margin), MarginWidth, LiveStyles.Faint);
            }
            else if (withMargin && result is { Passed: false, FirstFailedAt: { } at })
            {
                line.Right($"since {Figures.Clock(at)}", MarginWidth, LiveStyles.Bad);
            }

            lines.Add(line);
        }

        return lines;
    }

    public static List<LiveLine> Drones(LiveView view, int width)
    {
        List<LiveLine> lines = [Title("drones", width)];
        var limit = view.Started.Plan.Limits.Lateness.TotalMilliseconds;
        var name = Math.Clamp(view.Started.Drones.Max(drone => drone.Id.Length) + 1, 8, 20);
        var drones = view.Started.Drones
            .Select(drone => (drone.Id, Figures: view.Last?.Drones.FirstOrDefault(figures => figures.Drone == drone.Id), IsLost: view.Lost.Contains(drone.Id)))
            .OrderByDescending(drone => drone.IsLost)
            .ThenByDescending(drone => view.Last is not null && drone.Figures is null)
            .ThenByDescending(drone => Worst(drone.Figures) > limit);
        foreach (var (id, figures, isLost) in drones)
        {
            var line = new LiveLine().Add(" ");
            lines.Add(isLost ? line.Add("✗ ", LiveStyles.Bad).Left(id, name).Add("lost", LiveStyles.Bad)
                : view.Last is null ? line.Add("· ", LiveStyles.Faint).Left(id, name)
                : figures is null ? line.Add("○ ", LiveStyles.Doubtful).Left(id, name).Add("silent", LiveStyles.Doubtful)
                : Health(line, id, name, figures, view.Last.Seconds, limit, width));
        }

        return lines;
    }

    public static List<LiveLine> Notes(LiveView view, int width)
    {
        if (view.Notes.IsEmpty)
        {
            return [];
        }

        List<LiveLine> lines = [Title("events", width)];
        var time = width < 60 ? 6 : 8;
        foreach (var note in view.Notes)
        {
            var (first, style) = (true, note.Grave ? LiveStyles.Bad : null);
            foreach (var part in Column.Wrap(note.Text, Math.Max(10, width - time - 4)).Take(MostNoteLines))
            {
                var at = first && note.At is { } moment ? Figures.Clock(moment) : "";
                lines.Add(new LiveLine().Right(at, time, LiveStyles.Faint).Add(first ? note.Grave ? " ! " : " · " : "   ", style ?? LiveStyles.Faint).Add(part, style));
                first = false;
            }
        }

        return lines;
    }

    private static LiveLine Health(LiveLine line, string id, int name, DroneFigures figures, double seconds, double limit, int width)
    {
        const int CpuWidth = 10, DelayWidth = 17, RateWidth = 10, MemoryWidth = 11;
        var isLate = Worst(figures) > limit;
        line.Add("● ", isLate ? LiveStyles.Doubtful : LiveStyles.Good).Left(id, name).Add("cpu ", LiveStyles.Faint).Right(Figures.Percent(figures.Cpu), CpuWidth - 4)
            .Add("  late ", LiveStyles.Faint).Right(Figures.Time(figures.LatenessP99), 8, isLate ? LiveStyles.Doubtful : null);
        if (width - line.Width >= DelayWidth + RateWidth)
        {
            line.Add("  delay ", LiveStyles.Faint).Right(Figures.Time(figures.SchedulingDelayP99), DelayWidth - 8, isLate ? LiveStyles.Doubtful : null);
        }

        foreach (var (text, cell) in ((string, int)[])[(Figures.Rate(Math.Round(figures.Started / seconds)), RateWidth), (Figures.Bytes(figures.WorkingSet), MemoryWidth)])
        {
            if (width - line.Width > cell)
            {
                line.Right(text, cell, LiveStyles.Faint);
            }
        }

        return line;
    }

    private static double Worst(DroneFigures? figures) => Math.Max(figures?.LatenessP99 ?? 0, figures?.SchedulingDelayP99 ?? 0);

    private static Style? InkOf(string column) => column switch
    {
        "p50" => LiveStyles.P50,
        "p95" => LiveStyles.P95,
        "p99" => LiveStyles.P99,
        _ => null,
    };

    // In the interval in which the warm-up ends a scenario has both parts.
    private static (long Finished, long Failed, double Rate, long Due, int Users, int UsersAsked) Sum(IntervalFigures[] parts) => (
        parts.Sum(part => part.Ok + part.Failed), parts.Sum(part => part.Failed), parts.Sum(part => part.Rate), parts.Sum(part => part.ArrivalsAsked),
        parts.Select(part => part.Users).DefaultIfEmpty().Max(), parts.Select(part => part.UsersAsked).DefaultIfEmpty().Max());
}
