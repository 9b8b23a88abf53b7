namespace Orca.Measurement;

/// <summary>What was measured of one scenario, in its warm-up or after it. Cumulative; sets of different drones are added up.</summary>
internal sealed class MeasurementSet
{
    public MeasurementSet(int precision) =>
        (ResponseOk, ResponseFailed, ServiceOk, ServiceFailed, Lateness) = (new(precision), new(precision), new(precision), new(precision), new(precision));

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

    public void Add(MeasurementSet other) => throw new NotImplementedException();

    /// <summary>What came since an earlier state of the same drone's set.</summary>
    public MeasurementSet Since(MeasurementSet earlier) => throw new NotImplementedException();
}
