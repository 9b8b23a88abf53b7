using System.Globalization;

namespace Orca.Results.Elasticsearch.Documents;

/// <summary>Turns an event of a run into a document.</summary>
internal static class EventDocuments
{
    public static StoreEntry Of(RunEvent happened, RunIdentity identity, IndexNames names)
    {
        var (action, type, failure) = Describe(happened.Kind);
        var id = DocumentId.Of(
            identity.Run.Id, "event", action, happened.Time.UtcTicks.ToString(CultureInfo.InvariantCulture), happened.Drone, happened.Text);
        return StoreEntry.Create(names.Events, id, new()
        {
            Timestamp = happened.Time,
            Event = new() { Category = ["process"], Type = [type], Action = action, Outcome = failure ? "failure" : null },
            Message = happened.Text,
            Service = identity.Service,
            Labels = identity.Labels,
            Host = identity.HostOf(happened.Drone),
            Orca = new()
            {
                Run = identity.Run,
                Drone = happened.Drone is { } drone ? new() { Id = drone } : null,
                ElapsedMs = (long?)happened.RunTime?.TotalMilliseconds,
            },
        });
    }

    private static (string Action, string Type, bool Failure) Describe(RunEventKind kind) => kind switch
    {
        RunEventKind.Phase => ("phase", "change", false),
        RunEventKind.DroneJoined => ("drone-joined", "start", false),
        RunEventKind.DroneDeclined => ("drone-declined", "denied", true),
        RunEventKind.DroneDropped => ("drone-dropped", "end", true),
        RunEventKind.DroneLost => ("drone-lost", "end", true),
        RunEventKind.DroneFailed => ("drone-failed", "error", true),
        RunEventKind.EpochChanged => ("epoch-changed", "change", false),
        RunEventKind.ThresholdFailed => ("threshold-failed", "info", true),
        RunEventKind.InvalidWindow => ("invalid-window", "info", true),
        RunEventKind.StopRequested => ("stop-requested", "info", false),
        RunEventKind.Warning => ("warning", "info", false),
        _ => (kind.ToString().ToLowerInvariant(), "info", false),
    };
}
