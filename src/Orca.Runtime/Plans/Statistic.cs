namespace Orca.Plans;

/// <summary>What a threshold measures.</summary>
/// <param name="Kind">Which figure.</param>
public sealed record Statistic(StatisticKind Kind)
{
    /// <summary>Gets the percentile, above 0 and at most 100, where <see cref="Kind"/> is one.</summary>
    public double Percentile { get; init; }

    /// <summary>Gets whether the figure is of service time (<c>service.p99</c>), not of response time.</summary>
    public bool OfService { get; init; }

    /// <summary>Gets which iterations count: all finished ones (<see langword="null"/>), <c>ok.…</c> (true) or <c>failed.…</c> (false).</summary>
    public bool? Ok { get; init; }

    /// <summary>Gets the name of the check or metric, where <see cref="Kind"/> is one of those.</summary>
    public string? Name { get; init; }

    /// <summary>Gets which figure of a metric is meant (<c>count</c>, <c>rate</c>, <c>last</c>, <c>min</c>, <c>max</c>, <c>mean</c>, <c>p99</c> …).</summary>
    public string? MetricStatistic { get; init; }
}
