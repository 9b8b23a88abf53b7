using System.Globalization;
using Orca.Measurement;

namespace Orca.Results.Elasticsearch.Documents;

/// <summary>Turns one closed interval into documents: about as many as there are scenarios, steps and drones, never their product.</summary>
internal sealed class IntervalDocuments(RunIdentity identity, IndexNames names, RunInterval interval)
{
    private const int MostErrorKinds = 20;
    private const string OtherErrors = "(other)";

    private readonly string _number = interval.Number.ToString(CultureInfo.InvariantCulture);

    /// <summary>All but those of drones.</summary>
    public IEnumerable<StoreEntry> OfRun()
    {
        yield return Entry(Orca(Scopes.Run) with
        {
            Users = UsersOf(interval.Total),
            Load = LoadOf(interval.Total),
            Iterations = IterationsOf(interval.Total),
        });
        foreach (var entry in OfPhase(Scopes.Measured, interval.Scenarios, interval.Detail!.Measured))
        {
            yield return entry;
        }

        foreach (var entry in OfPhase(Scopes.WarmUp, interval.WarmUp, interval.Detail.WarmUp))
        {
            yield return entry;
        }
    }

    public IEnumerable<StoreEntry> OfDrones() => interval.Drones.Select(drone => Entry(
        Orca(Scopes.Drone) with
        {
            Drone = new()
            {
                Id = drone.Drone,
                CpuPct = Finite(100 * drone.Cpu),
                LagMs = drone.SchedulingDelayP99,
                LatenessMs = drone.LatenessP99,
                GcPauseMs = drone.GcPause.TotalMilliseconds,
                MemoryBytes = drone.WorkingSet,
            },
            Load = new() { Dropped = drone.Dropped, Missed = drone.Missed },
            Iterations = new() { Started = drone.Started, Total = drone.Finished, Failed = drone.Failed },
        },
        drone.Drone));

    private IEnumerable<StoreEntry> OfPhase(string phase, IReadOnlyList<IntervalFigures> figures, IReadOnlyList<MeasurementSet> sets)
    {
        // Of the warm-up only those scenarios are listed that had any, so what belongs together has the same name, not the same place.
        var places = interval.Scenarios.Select((scenario, place) => (scenario.Name, place)).ToDictionary(named => named.Name, named => named.place);
        return figures.SelectMany(scenario => OfScenario(phase, scenario, sets[places[scenario.Name]]));
    }

    private IEnumerable<StoreEntry> OfScenario(string phase, IntervalFigures figures, MeasurementSet set)
    {
        var scenario = figures.Name;
        yield return Entry(Orca(Scopes.Scenario, phase, scenario) with
        {
            Users = phase == Scopes.Measured ? UsersOf(figures) : null,
            Load = LoadOf(figures),
            Iterations = IterationsOf(figures),
            Latency = TimesPart.Of(Both(set.ResponseOk, set.ResponseFailed)),
            Service = TimesPart.Of(Both(set.ServiceOk, set.ServiceFailed)),
            Lateness = TimesPart.Of(set.Lateness),
        });
        foreach (var entry in OfErrors(phase, scenario, null, set.Errors))
        {
            yield return entry;
        }

        foreach (var (name, step) in set.Steps)
        {
            foreach (var entry in OfStep(phase, scenario, name, step))
            {
                yield return entry;
            }
        }

        foreach (var (name, check) in set.Checks.Where(check => check.Value.Passed + check.Value.Failed > 0))
        {
            yield return Entry(Orca(Scopes.Check, phase, scenario) with { Check = new() { Name = name, Passed = check.Passed, Failed = check.Failed } }, name);
        }

        foreach (var (name, metric) in set.Metrics.Where(metric => metric.Value.Recorded > 0 || metric.Value is { Kind: MetricKind.Gauge, Count: > 0 }))
        {
            yield return Entry(Orca(Scopes.Metric, phase, scenario) with { Metric = MetricOf(name, metric) }, name);
        }
    }

    private IEnumerable<StoreEntry> OfStep(string phase, string scenario, string name, StepMeasurement step)
    {
        if (step.Ok + step.Failed + (step.Http?.Requests ?? 0) > 0)
        {
            yield return Entry(
                Orca(Scopes.Step, phase, scenario, name) with
                {
                    Requests = new() { Total = step.Ok + step.Failed, Failed = step.Failed },
                    Http = step.Http is { } http ? new() { Requests = http.Requests, Broken = http.Broken } : null,
                    Bytes = step.Http is { } sent ? new() { Sent = sent.BytesSent, Received = sent.BytesReceived } : null,
                    Service = TimesPart.Of(step.Service),
                },
                name);
        }

        foreach (var (status, count) in (step.Http?.Statuses ?? []).Where(status => status.Value > 0).OrderBy(status => status.Key))
        {
            yield return Entry(
                Orca(Scopes.Status, phase, scenario, name) with { Http = new() { Responses = count } },
                document => document with { Http = new() { Response = new() { StatusCode = status } } },
                name,
                status.ToString(CultureInfo.InvariantCulture));
        }

        foreach (var entry in OfErrors(phase, scenario, name, step.Errors))
        {
            yield return entry;
        }
    }

    private IEnumerable<StoreEntry> OfErrors(string phase, string scenario, string? step, Dictionary<string, ErrorCount> errors)
    {
        var kinds = errors.Where(error => error.Value.Count > 0).OrderByDescending(error => error.Value.Count).ThenBy(error => error.Key, StringComparer.Ordinal)
            .Select(error => (Kind: error.Key, error.Value.Count)).ToList();
        if (kinds.Count > MostErrorKinds)
        {
            // The recorder has a kind of that name itself.
            var (kept, rest) = (kinds[..MostErrorKinds].Where(kind => kind.Kind != OtherErrors).ToList(), kinds.Sum(kind => kind.Count));
            kinds = [.. kept, (OtherErrors, rest - kept.Sum(kind => kind.Count))];
        }

        foreach (var (kind, count) in kinds)
        {
            yield return Entry(
                Orca(Scopes.Error, phase, scenario, step) with { Errors = new() { Count = count } },
                document => document with { Error = new() { Type = kind } },
                step,
                kind);
        }
    }

    private OrcaPart Orca(string scope, string? phase = null, string? scenario = null, string? step = null) => new()
    {
        Scope = scope,
        Phase = phase,
        Run = identity.Run,
        Scenario = scenario is null ? null : new() { Name = scenario },
        Step = step is null ? null : new() { Name = step },
        IntervalMs = (long)(interval.To - interval.From).TotalMilliseconds,
        IntervalNumber = interval.Number,
        ElapsedMs = (long)interval.From.TotalMilliseconds,
        Correction = interval.Correction ? true : null,
    };

    private StoreEntry Entry(OrcaPart orca, params ReadOnlySpan<string?> key) => Entry(orca, static document => document, key);

    private StoreEntry Entry(OrcaPart orca, Func<StoreDocument, StoreDocument> with, params ReadOnlySpan<string?> key) => StoreEntry.Create(
        names.Intervals,
        DocumentId.Of(identity.Run.Id, [_number, orca.Scope, orca.Phase, orca.Scenario?.Name, .. key]),
        with(new()
        {
            Timestamp = identity.Start + interval.From,
            Service = identity.Service,
            Labels = identity.Labels,
            Host = identity.HostOf(orca.Drone?.Id),
            Orca = orca,
        }));

    private UsersPart? UsersOf(IntervalFigures figures) =>
        interval.Correction ? null : new() { Active = figures.Users, Target = figures.UsersAsked };

    private LoadPart LoadOf(IntervalFigures figures) => new()
    {
        TargetRps = interval.Correction ? null : Finite(figures.ArrivalsAsked / interval.Seconds),
        Target = figures.ArrivalsAsked,
        Arrivals = figures.Arrivals,
        Dropped = figures.Dropped,
        Missed = figures.Missed,
        Interrupted = figures.Interrupted,
        TargetUserMs = figures.UserTimeAsked.TotalMilliseconds,
        UserMs = figures.UserTime.TotalMilliseconds,
    };

    private static IterationsPart IterationsOf(IntervalFigures figures) =>
        new() { Started = figures.Started, Total = figures.Ok + figures.Failed, Failed = figures.Failed };

    private static MetricPart MetricOf(string name, MetricMeasurement metric) => new()
    {
        Name = name,
        Kind = metric.Kind.ToString().ToLowerInvariant(),
        Sum = metric.Kind == MetricKind.Counter ? metric.Count : null,
        Count = metric.Values?.Count ?? (metric.Kind == MetricKind.Gauge ? metric.Count : null),
        Last = metric.Kind == MetricKind.Gauge ? Finite(metric.Last) : null,
        Min = metric.Kind == MetricKind.Gauge ? Finite(metric.Min) : metric.Values is { Count: > 0 } least ? least.Min : null,
        Max = metric.Kind == MetricKind.Gauge ? Finite(metric.Max) : metric.Values is { Count: > 0 } greatest ? greatest.Max : null,
        Histogram = metric.Values is { } values ? HistogramPart.Of(values, 1) : null,
    };

    private static Histogram Both(Histogram ok, Histogram failed)
    {
        if (failed.Count == 0)
        {
            return ok;
        }

        var both = new Histogram(ok.Precision);
        both.Add(ok);
        both.Add(failed);
        return both;
    }

    // JSON has no word for the others.
    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
