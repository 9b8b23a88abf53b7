namespace Orca.Plans;

/// <summary>The figures that a threshold can measure.</summary>
public enum StatisticKind
{
    /// <summary>A percentile of time, in milliseconds.</summary>
    Percentile,

    /// <summary>The mean time, in milliseconds.</summary>
    Mean,

    /// <summary>The least time, in milliseconds.</summary>
    Min,

    /// <summary>The greatest time, in milliseconds.</summary>
    Max,

    /// <summary>Finished iterations, or steps, per second.</summary>
    Rate,

    /// <summary>Finished iterations, or steps.</summary>
    Count,

    /// <summary>Failed iterations, or steps: a share of the finished ones, or a count.</summary>
    Errors,

    /// <summary>Observations of a check that passed: a share, or a count.</summary>
    Checks,

    /// <summary>A metric of the test's own.</summary>
    Metric,

    /// <summary>Arrivals dropped: a share of those due, or a count.</summary>
    Dropped,
}
