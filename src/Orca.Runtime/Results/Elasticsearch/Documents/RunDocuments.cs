namespace Orca.Results.Elasticsearch.Documents;

/// <summary>The one document of a run: first that it runs, then what it came to. The later version counts.</summary>
internal static class RunDocuments
{
    private const int VersionRunning = 1;
    private const int VersionEnded = 2;
    private const int VersionCounted = 3;

    public static StoreEntry Running(RunStarted started, RunIdentity identity, IndexNames names) => StoreEntry.Version(
        names.Runs,
        identity.Run.Id,
        VersionRunning,
        new()
        {
            Timestamp = identity.Start,
            Service = identity.Service,
            Labels = identity.Labels,
            Orca = new() { Run = identity.Run with { Status = "running", Drones = started.Drones.Length } },
        });

    /// <summary>What a run came to.</summary>
    /// <param name="report">Its report.</param>
    /// <param name="identity">The run.</param>
    /// <param name="names">Where to.</param>
    /// <param name="deadLetters">Documents that Elasticsearch will never take.</param>
    /// <param name="notSpooled">Documents that never got as far.</param>
    /// <param name="counted">Whether these two are final, known only once all else is stored.</param>
    public static StoreEntry Ended(RunReport report, RunIdentity identity, IndexNames names, long deadLetters, long notSpooled, bool counted) => StoreEntry.Version(
        names.Runs,
        identity.Run.Id,
        counted ? VersionCounted : VersionEnded,
        new()
        {
            Timestamp = identity.Start,
            Service = identity.Service,
            Labels = identity.Labels,
            Orca = new()
            {
                Run = identity.Run with
                {
                    Status = report.Verdict.ToString().ToLowerInvariant(),
                    EndedAt = report.EndTime,
                    DurationMs = (long)report.RunTime.TotalMilliseconds,
                    ExitCode = report.ExitCode,
                    Reason = report.Reasons.IsEmpty ? null : report.Reasons[0].Text,
                    Drones = report.Drones.Count(drone => drone.Rank is not null),
                },
                Iterations = new() { Started = report.Totals.Started, Total = report.Totals.Finished, Failed = report.Totals.Failed },
                Requests = new() { Total = Steps(report).Sum(step => step.Ok + step.Failed), Failed = Steps(report).Sum(step => step.Failed) },
                Bytes = new() { Sent = Steps(report).Sum(step => step.Http?.BytesSent ?? 0), Received = Steps(report).Sum(step => step.Http?.BytesReceived ?? 0) },
                Latency = TimesPart.Of(report.Totals.Response),
                Service = TimesPart.Of(report.Totals.Service),
                Lateness = TimesPart.Of(report.Totals.Lateness),
                Load = new()
                {
                    Dropped = report.Totals.Dropped,
                    Missed = report.Totals.Missed,
                    Interrupted = report.Totals.Interrupted,
                    Delivered = report.Completeness.Scenarios.Select(scenario => scenario.Delivered).DefaultIfEmpty(0).Min(),
                },
                Thresholds = new() { Total = report.Thresholds.Length, Failed = report.Thresholds.Count(threshold => !threshold.Passed) },
                Completeness = new() { IntervalsMissing = report.Completeness.IntervalsMissing, DeadLetters = deadLetters, NotSpooled = notSpooled },
            },
        });

    private static IEnumerable<StepStatistics> Steps(RunReport report) => report.Scenarios.SelectMany(scenario => scenario.Measured.Steps);
}
