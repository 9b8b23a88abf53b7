using System.Collections.Immutable;

namespace Orca.Results;

/// <summary>What one scenario, or all of them, did in the measured time or in the warm-up.</summary>
public sealed record WorkStatistics
{
    /// <summary>Gets the iterations started.</summary>
    public long Started { get; init; }

    /// <summary>Gets the iterations finished.</summary>
    public long Finished { get; init; }

    /// <summary>Gets the finished iterations that passed.</summary>
    public long Ok { get; init; }

    /// <summary>Gets the finished iterations that failed.</summary>
    public long Failed { get; init; }

    /// <summary>Gets the arrivals for which no user was free.</summary>
    public long Dropped { get; init; }

    /// <summary>Gets the arrivals that the generator was too late for.</summary>
    public long Missed { get; init; }

    /// <summary>Gets the iterations abandoned at the end.</summary>
    public long Interrupted { get; init; }

    /// <summary>Gets the time that users of closed load were active, added up.</summary>
    public TimeSpan UserTime { get; init; }

    /// <summary>Gets the finished iterations per second of <see cref="Span"/>.</summary>
    public double Rate { get; init; }

    /// <summary>Gets the time that the rate is taken over.</summary>
    public TimeSpan Span { get; init; }

    /// <summary>Gets the highest percentile that can be known, given the share of work dropped, missed or interrupted. 100 where there was none.</summary>
    public double KnownPercentile { get; init; } = 100;

    /// <summary>Gets the times from the intended start, of finished iterations; <see langword="null"/> where there were none.</summary>
    public TimeStatistics? Response { get; init; }

    /// <summary>Gets the times from the actual start, of finished iterations.</summary>
    public TimeStatistics? Service { get; init; }

    /// <summary>Gets the times from the intended start, of iterations that passed.</summary>
    public TimeStatistics? ResponseOk { get; init; }

    /// <summary>Gets the times from the intended start, of iterations that failed.</summary>
    public TimeStatistics? ResponseFailed { get; init; }

    /// <summary>Gets how late arrivals were started; <see langword="null"/> where there were none.</summary>
    public TimeStatistics? Lateness { get; init; }

    /// <summary>Gets the kinds of errors that failed iterations, the most frequent first.</summary>
    public ImmutableArray<ErrorStatistics> Errors { get; init; } = [];

    /// <summary>Gets the steps, by name; empty where all scenarios are taken together.</summary>
    public ImmutableArray<StepStatistics> Steps { get; init; } = [];

    /// <summary>Gets the checks, by name.</summary>
    public ImmutableArray<CheckStatistics> Checks { get; init; } = [];

    /// <summary>Gets the test's own metrics, by name.</summary>
    public ImmutableArray<MetricStatistics> Metrics { get; init; } = [];
}
