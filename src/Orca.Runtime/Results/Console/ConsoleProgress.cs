namespace Orca.Results.Console;

/// <summary>The lines that are written while a run goes on.</summary>
internal sealed class ConsoleProgress(Ink ink)
{
    private const int LinesToHeader = 20;

    private int _lines;

    /// <summary>Whether an event should catch the eye.</summary>
    public static bool IsGrave(RunEvent happened) =>
        happened.Kind is RunEventKind.DroneLost or RunEventKind.DroneFailed or RunEventKind.ThresholdFailed or RunEventKind.InvalidWindow or RunEventKind.Warning;

    public static IEnumerable<string> Begin(RunStarted started)
    {
        var plan = started.Plan;
        yield return "";
        yield return Column.Fit($" {Column.OneLine(plan.Name)}", Column.LineWidth);
        var drones = Figures.Count(started.Drones.Length, "drone");
        var warmUp = plan.WarmUp > TimeSpan.Zero ? $", of which {Figures.Clock(plan.WarmUp)} warm-up" : "";
        yield return Column.Fit($" run {started.RunId} · {drones} · {Figures.Clock(plan.Duration)} of load{warmUp}", Column.LineWidth);
        yield return "";
    }

    public IEnumerable<string> Interval(RunInterval interval)
    {
        if (_lines++ % LinesToHeader == 0)
        {
            yield return ink.Faint(Line("time", "users", "of", "rate", "due", "p50", "p95", "p99", "failed", "drop+miss", "drones"));
        }

        var total = interval.Total;
        var finished = total.Ok + total.Failed;
        var due = Math.Round(total.ArrivalsAsked / interval.Seconds, 1);
        var lost = total.Dropped + total.Missed;
        var line = Line(
            Figures.Clock(interval.To),
            Figures.Count(total.Users),
            total is { UsersAsked: > 0, ArrivalsAsked: 0 } ? Figures.Count(total.UsersAsked) : "–",
            Figures.Rate(Math.Round(total.Rate, 1)),
            total.ArrivalsAsked > 0 ? Figures.Rate(due) : "–",
            Figures.Time(total.Response?.P50),
            Figures.Time(total.Response?.P95),
            Figures.Time(total.Response?.P99),
            total.Failed > 0 ? Figures.Percent((double)total.Failed / finished) : "–",
            lost > 0 ? Figures.Count(lost) : "–",
            Figures.Count(interval.Drones.Select(drone => drone.Drone).Distinct().Count()));
        yield return lost > 0 || total.Failed > 0 ? ink.Doubtful(line) : line;
    }

    public IEnumerable<string> Event(RunEvent happened)
    {
        var grave = IsGrave(happened);
        var time = Column.Right(happened.RunTime is { } at && at >= TimeSpan.Zero ? Figures.Clock(at) : "", 8);
        var (first, margin) = (true, new string(' ', 11));
        foreach (var part in Column.Wrap(happened.Text, Column.LineWidth - margin.Length))
        {
            var line = first ? $"{time} {(grave ? "!" : "·")} {part}" : margin + part;
            yield return grave ? ink.Bad(line) : ink.Faint(line);
            first = false;
        }
    }

    private static string Line(
        string time, string users, string asked, string rate, string due, string p50, string p95, string p99, string failed, string lost, string drones) =>
        $"{Column.Right(time, 8)}{Column.Right(users, 8)}{Column.Right(asked, 8)}{Column.Right(rate, 10)}{Column.Right(due, 10)}"
        + $"{Column.Right(p50, 10)}{Column.Right(p95, 10)}{Column.Right(p99, 10)}{Column.Right(failed, 8)}{Column.Right(lost, 10)}{Column.Right(drones, 8)}";
}
