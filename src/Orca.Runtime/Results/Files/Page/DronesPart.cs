using Orca.Results.Console;

namespace Orca.Results.Files.Page;

/// <summary>The drones and how they fared, and all that happened.</summary>
internal static class DronesPart
{
    public static void Write(RunReport report, Markup page)
    {
        page.Add($"<section id=\"drones\"><h2>Drones</h2><div class=\"card\"><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Drones\"><table class=\"sortable sticky\"><caption class=\"unseen\">Drones</caption><thead><tr>");
        foreach (var column in (string[])["drone", "host", "state"])
        {
            page.Add($"<th scope=\"col\">{column}</th>");
        }

        foreach (var column in (string[])["measured to", "share", "started", "failed", "dropped", "missed", "interrupted", "processors", "GC pauses", "memory", "lateness p99", "scheduling p99"])
        {
            page.Add($"<th scope=\"col\" class=\"n\">{column}</th>");
        }

        page.Add($"</tr></thead><tbody>");
        foreach (var drone in report.Drones)
        {
            var (state, tone) = drone switch
            {
                { Lost: true } => ("lost", " is-bad"),
                { Finished: false } => ("unfinished", " is-warn"),
                _ => ("finished", ""),
            };
            page.Add($"<tr><th scope=\"row\" title=\"incarnation {drone.Incarnation}, slots {drone.Slots}, epoch {drone.Epoch}\">{drone.Id}</th><td>{drone.Host ?? "–"}</td><td class=\"{new Trusted(tone)}\">{state}</td><td class=\"n\" data-v=\"{drone.MeasuredTo.TotalSeconds}\">{Figures.Clock(drone.MeasuredTo)}</td><td class=\"n\" data-v=\"{drone.Share}\">{Figures.Percent(drone.Share)}</td>");
            foreach (var count in (long[])[drone.Started, drone.Failed, drone.Dropped, drone.Missed, drone.Interrupted])
            {
                page.Add($"<td class=\"n{Trusted.If(count == 0, " zero")}\" data-v=\"{count}\">{Figures.Count(count)}</td>");
            }

            page.Add($"<td class=\"n\" data-v=\"{drone.Cpu}\">{Figures.Percent(drone.Cpu)} of {drone.Processors}</td><td class=\"n\" data-v=\"{drone.GcPause.TotalMilliseconds}\">{Figures.Time(drone.GcPause.TotalMilliseconds)}</td><td class=\"n\" data-v=\"{drone.WorkingSet}\">{Figures.Bytes(drone.WorkingSet)}</td>");
            page.Add($"<td class=\"n\" data-v=\"{drone.Lateness?.P99 ?? 0}\">{Figures.Time(drone.Lateness?.P99)}</td><td class=\"n\" data-v=\"{drone.SchedulingDelay?.P99 ?? 0}\">{Figures.Time(drone.SchedulingDelay?.P99)}</td></tr>");
        }

        page.Add($"</tbody></table></div></div>");
        WriteEvents(report, page);
        page.Add($"</section>");
    }

    private static void WriteEvents(RunReport report, Markup page)
    {
        page.Add($"<div class=\"card\" style=\"margin-top:1.25rem\"><h3 id=\"events\">What happened</h3><div class=\"scroll\"><table aria-labelledby=\"events\"><thead><tr><th scope=\"col\">run time</th><th scope=\"col\">clock</th><th scope=\"col\">event</th></tr></thead><tbody>");
        foreach (var happened in report.Events)
        {
            var grave = happened.Kind is RunEventKind.DroneLost or RunEventKind.DroneFailed or RunEventKind.ThresholdFailed;
            var at = happened.RunTime is { } time && time >= TimeSpan.Zero ? VerdictPart.When(time, time) : new Trusted("<span class=\"zero\">before</span>");
            page.Add($"<tr><td>{at}</td><td>{happened.Time.UtcDateTime:HH:mm:ss}</td><td class=\"wrap{Trusted.If(grave, " is-bad")}\">{happened.Text}</td></tr>");
        }

        page.Add($"</tbody></table></div></div>");
    }
}
