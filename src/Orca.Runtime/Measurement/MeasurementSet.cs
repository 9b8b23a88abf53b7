namespace Orca.Measurement;

/// <summary>What was measured of one scenario, in its warm-up or after it. Cumulative; sets of different drones are added up.</summary>
internal sealed class MeasurementSet
{
    public MeasurementSet(int precision) =>
        (ResponseOk, ResponseFailed, ServiceOk, ServiceFailed, Lateness) = (new(precision), new(precision), new(precision), new(precision), new(precision));

    public int Precision => ResponseOk.Precision;

    /// <summary>Iterations started.</summary>
    public long Started { get; set; }

    /// <summary>Arrivals for which no user was free.</summary>
    public long Dropped { get; set; }

    /// <summary>Arrivals that the generator was too late for.</summary>
    public long Missed { get; set; }

    /// <summary>Iterations abandoned at the end.</summary>
    public long Interrupted { get; set; }

    /// <summary>The time that users of closed load were active, added up.</summary>
    public TimeSpan UserTime { get; set; }

    /// <summary>From the intended start to the end, of iterations that passed.</summary>
    public Histogram ResponseOk { get; init; }

    public Histogram ResponseFailed { get; init; }

    /// <summary>From the actual start to the end.</summary>
    public Histogram ServiceOk { get; init; }

    public Histogram ServiceFailed { get; init; }

    /// <summary>Actual less intended start, of arrivals.</summary>
    public Histogram Lateness { get; init; }

    /// <summary>Error kinds of iterations.</summary>
    public Dictionary<string, ErrorCount> Errors { get; init; } = new(StringComparer.Ordinal);

    public Dictionary<string, StepMeasurement> Steps { get; init; } = new(StringComparer.Ordinal);

    public Dictionary<string, CheckCount> Checks { get; init; } = new(StringComparer.Ordinal);

    public Dictionary<string, MetricMeasurement> Metrics { get; init; } = new(StringComparer.Ordinal);

    public long Finished => ResponseOk.Count + ResponseFailed.Count;

    /// <summary>Adds another drone's; nothing of it is shared afterwards.</summary>
    public void Add(MeasurementSet other)
    {
        Started += other.Started;
        Dropped += other.Dropped;
        Missed += other.Missed;
        Interrupted += other.Interrupted;
        UserTime = Counts.Sum(UserTime, other.UserTime);
        ResponseOk.Add(other.ResponseOk);
        ResponseFailed.Add(other.ResponseFailed);
        ServiceOk.Add(other.ServiceOk);
        ServiceFailed.Add(other.ServiceFailed);
        Lateness.Add(other.Lateness);
        Errors.Add(other.Errors);
        foreach (var (name, step) in other.Steps)
        {
            Steps.GetOrAdd(name, () => new(Precision)).Add(step);
        }

        foreach (var (name, check) in other.Checks)
        {
            var sum = Checks.GetValueOrDefault(name) ?? new(0, 0);
            Checks[name] = new(sum.Passed + check.Passed, sum.Failed + check.Failed);
        }

        foreach (var (name, metric) in other.Metrics)
        {
            Metrics.GetOrAdd(name, () => MetricMeasurement.Of(metric.Kind, Precision)).Add(metric);
        }
    }

    /// <summary>Adds what came to another drone's since an earlier state of it, as <see cref="Since"/> gives it, but without a copy on the way.</summary>
    public void AddSince(MeasurementSet later, MeasurementSet earlier)
    {
        Started += Counts.Since(later.Started, earlier.Started);
        Dropped += Counts.Since(later.Dropped, earlier.Dropped);
        Missed += Counts.Since(later.Missed, earlier.Missed);
        Interrupted += Counts.Since(later.Interrupted, earlier.Interrupted);
        UserTime = Counts.Sum(UserTime, Counts.Since(later.UserTime, earlier.UserTime));
        ResponseOk.AddSince(later.ResponseOk, earlier.ResponseOk);
        ResponseFailed.AddSince(later.ResponseFailed, earlier.ResponseFailed);
        ServiceOk.AddSince(later.ServiceOk, earlier.ServiceOk);
        ServiceFailed.AddSince(later.ServiceFailed, earlier.ServiceFailed);
        Lateness.AddSince(later.Lateness, earlier.Lateness);
        Errors.Add(later.Errors.Since(earlier.Errors));
        foreach (var (name, step) in later.Steps)
        {
            Steps.GetOrAdd(name, () => new(Precision)).AddSince(step, earlier.Steps.GetValueOrDefault(name));
        }

        foreach (var (name, check) in later.Checks)
        {
            var (sum, before) = (Checks.GetValueOrDefault(name), earlier.Checks.GetValueOrDefault(name));
            Checks[name] = new(
                (sum?.Passed ?? 0) + Counts.Since(check.Passed, before?.Passed ?? 0),
                (sum?.Failed ?? 0) + Counts.Since(check.Failed, before?.Failed ?? 0));
        }

        foreach (var (name, metric) in later.Metrics)
        {
            var came = earlier.Metrics.GetValueOrDefault(name) is { } before ? metric.Since(before) : metric;
            Metrics.GetOrAdd(name, () => MetricMeasurement.Of(metric.Kind, Precision)).Add(came);
        }
    }

    /// <summary>What came since an earlier state of the same drone's set.</summary>
    /// <remarks>Every name is kept, also where nothing came; an earlier one's figures that are greater count as equal.</remarks>
    public MeasurementSet Since(MeasurementSet earlier) => new(Precision)
    {
        Started = Counts.Since(Started, earlier.Started),
        Dropped = Counts.Since(Dropped, earlier.Dropped),
        Missed = Counts.Since(Missed, earlier.Missed),
        Interrupted = Counts.Since(Interrupted, earlier.Interrupted),
        UserTime = Counts.Since(UserTime, earlier.UserTime),
        ResponseOk = ResponseOk.Since(earlier.ResponseOk),
        ResponseFailed = ResponseFailed.Since(earlier.ResponseFailed),
        ServiceOk = ServiceOk.Since(earlier.ServiceOk),
        ServiceFailed = ServiceFailed.Since(earlier.ServiceFailed),
        Lateness = Lateness.Since(earlier.Lateness),
        Errors = Errors.Since(earlier.Errors),
        Steps = Since(Steps, earlier.Steps, (step, before) => step.Since(before ?? new(Precision))),
        Checks = Since(Checks, earlier.Checks, (check, before) =>
            new CheckCount(Counts.Since(check.Passed, before?.Passed ?? 0), Counts.Since(check.Failed, before?.Failed ?? 0))),
        Metrics = Since(Metrics, earlier.Metrics, (metric, before) => metric.Since(before ?? MetricMeasurement.Of(metric.Kind, Precision))),
    };

    private static Dictionary<string, T> Since<T>(Dictionary<string, T> later, Dictionary<string, T> earlier, Func<T, T?, T> since)
        where T : class =>
        later.ToDictionary(named => named.Key, named => since(named.Value, earlier.GetValueOrDefault(named.Key)), StringComparer.Ordinal);
}
