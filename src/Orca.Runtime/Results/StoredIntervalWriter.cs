using System.Collections.Immutable;
using Orca.Measurement;

namespace Orca.Results;

/// <summary>Writes the body of a stored interval.</summary>
internal static class StoredIntervalWriter
{
    /// <summary>The body, which is the caller's to dispose of.</summary>
    public static WireWriter Body(RunInterval interval)
    {
        if (interval.Detail is not { } detail)
        {
            throw new ArgumentException($"Interval {interval.Number} has lost its detail and cannot be stored.", nameof(interval));
        }

        var body = new WireWriter();
        body.Number(StoredIntervalFields.OfBody.Wide, interval.Wide ? 1 : 0);
        foreach (var drone in interval.Missing)
        {
            body.Text(StoredIntervalFields.OfBody.Missing, drone);
        }

        foreach (var drone in interval.Drones)
        {
            Drone(drone, body);
        }

        var work = body.Begin(StoredIntervalFields.OfBody.Work);
        body.Raw(SnapshotCodec.Encode(WorkOf(interval, detail)));
        body.End(work);
        for (var i = 0; i < interval.Thresholds.Length; i++)
        {
            if (interval.Thresholds[i].FirstFailedAt == interval.To)
            {
                Failed(i, interval.Thresholds[i], body);
            }
        }

        foreach (var (member, delay) in detail.DelaysAtWarmUp)
        {
            var start = body.Begin(StoredIntervalFields.OfBody.DelayAtWarmUp);
            body.Text(StoredIntervalFields.OfDelay.Drone, member.Drone);
            body.Text(StoredIntervalFields.OfDelay.Incarnation, member.Incarnation);
            HistogramWire.Write(StoredIntervalFields.OfDelay.Delay, delay, body);
            body.End(start);
        }

        return body;
    }

    /// <summary>The work in the form that drones send theirs in: one snapshot of no drone.</summary>
    private static Snapshot WorkOf(RunInterval interval, IntervalDetail detail) => new()
    {
        Header = new("", "", 0, 0, interval.To, Final: false),
        Scenarios =
        [
            .. interval.Scenarios.Select((scenario, i) => new ScenarioSnapshot
            {
                Name = scenario.Name,
                Users = scenario.Users,
                Measured = Lean(detail.Measured[i]),
                WarmUp = Lean(detail.WarmUp[i]),
            }),
        ],
        Health = new() { SchedulingDelay = new(detail.Measured.FirstOrDefault()?.Precision ?? 1) },
    };

    /// <summary>The set without names under which nothing came, and without the messages of errors, which snapshots keep.</summary>
    private static MeasurementSet Lean(MeasurementSet set) => new(set.Precision)
    {
        Started = set.Started,
        Dropped = set.Dropped,
        Missed = set.Missed,
        Interrupted = set.Interrupted,
        UserTime = set.UserTime,
        ResponseOk = set.ResponseOk,
        ResponseFailed = set.ResponseFailed,
        ServiceOk = set.ServiceOk,
        ServiceFailed = set.ServiceFailed,
        Lateness = set.Lateness,
        Errors = Lean(set.Errors),
        Steps = Where(set.Steps, step => step.Ok + step.Failed + step.Service.Count > 0 || step.Http is { } http && http.Requests + http.BytesSent + http.BytesReceived > 0)
            .ToDictionary(step => step.Key, step => Lean(step.Value), StringComparer.Ordinal),
        Checks = Where(set.Checks, check => check.Passed + check.Failed > 0),
        Metrics = Where(set.Metrics, metric => metric.Recorded + metric.Rejected + Math.Abs(metric.Count) > 0),
    };

    private static StepMeasurement Lean(StepMeasurement step) => new(step.Service.Precision)
    {
        Service = step.Service,
        Ok = step.Ok,
        Failed = step.Failed,
        Errors = Lean(step.Errors),
        Http = step.Http,
    };

    private static Dictionary<string, ErrorCount> Lean(Dictionary<string, ErrorCount> errors) =>
        Where(errors, error => error.Count > 0).ToDictionary(error => error.Key, error => error.Value with { Sample = null }, StringComparer.Ordinal);

    private static Dictionary<string, T> Where<T>(Dictionary<string, T> named, Func<T, bool> kept) =>
        named.Where(pair => kept(pair.Value)).ToDictionary(StringComparer.Ordinal);

    private static void Drone(DroneFigures drone, WireWriter body)
    {
        var start = body.Begin(StoredIntervalFields.OfBody.Drone);
        body.Text(StoredIntervalFields.OfDrone.Drone, drone.Drone);
        body.Number(StoredIntervalFields.OfDrone.Started, drone.Started);
        body.Number(StoredIntervalFields.OfDrone.Finished, drone.Finished);
        body.Number(StoredIntervalFields.OfDrone.Failed, drone.Failed);
        body.Number(StoredIntervalFields.OfDrone.Dropped, drone.Dropped);
        body.Number(StoredIntervalFields.OfDrone.Missed, drone.Missed);
        body.Real(StoredIntervalFields.OfDrone.Cpu, drone.Cpu);
        body.Number(StoredIntervalFields.OfDrone.GcPause, drone.GcPause.Ticks);
        body.Number(StoredIntervalFields.OfDrone.WorkingSet, drone.WorkingSet);
        Optional(StoredIntervalFields.OfDrone.HasLateness, StoredIntervalFields.OfDrone.LatenessP99, drone.LatenessP99, body);
        Optional(StoredIntervalFields.OfDrone.HasSchedulingDelay, StoredIntervalFields.OfDrone.SchedulingDelayP99, drone.SchedulingDelayP99, body);
        body.End(start);
    }

    private static void Failed(int index, ThresholdResult result, WireWriter body)
    {
        var start = body.Begin(StoredIntervalFields.OfBody.Failed);
        body.Number(StoredIntervalFields.OfFailed.Index, index);
        body.Text(StoredIntervalFields.OfFailed.Text, result.Text);
        Optional(StoredIntervalFields.OfFailed.HasValue, StoredIntervalFields.OfFailed.Value, result.Value, body);
        body.Real(StoredIntervalFields.OfFailed.Limit, result.Limit);
        body.Text(StoredIntervalFields.OfFailed.Unit, result.Unit);
        Optional(StoredIntervalFields.OfFailed.HasMargin, StoredIntervalFields.OfFailed.Margin, result.Margin, body);
        if (result.Reason is { } reason)
        {
            body.Text(StoredIntervalFields.OfFailed.Reason, reason);
        }

        body.Number(StoredIntervalFields.OfFailed.Unknown, result.Unknown ? 1 : 0);
        body.Number(StoredIntervalFields.OfFailed.Few, result.Few ? 1 : 0);
        body.End(start);
    }

    private static void Optional(int hasField, int field, double? value, WireWriter body)
    {
        if (value is { } some)
        {
            body.Number(hasField, 1);
            body.Real(field, some);
        }
    }
}
