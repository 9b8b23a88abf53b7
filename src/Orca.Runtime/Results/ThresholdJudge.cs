using Orca.Plans;
using Orca.Results.Console;

namespace Orca.Results;

/// <summary>Judges thresholds on measured work.</summary>
internal static class ThresholdJudge
{
    public static ThresholdResult Judge(Threshold threshold, JudgedWork work)
    {
        var reading = ThresholdGauge.Read(threshold, work);
        var limit = threshold.InPercent ? threshold.Value * 100 : threshold.Value;
        var result = new ThresholdResult { Text = threshold.Text, Passed = false, Limit = limit, Unit = reading.Unit, Few = reading.Few };
        if (reading.Value is not { } value)
        {
            return result with { Reason = reading.Why, Unit = reading.Unit.Length > 0 ? reading.Unit : UnitOf(threshold) };
        }

        result = result with { Value = value, Margin = MarginOf(threshold.Operator, value, limit) };
        if (reading.UnknownShare > 0)
        {
            return result with
            {
                Unknown = true,
                Reason = $"It is unknown: {Figures.Percent(reading.UnknownShare)} of the work was dropped, missed or interrupted, and no percentile above {Figures.Number(100 * (1 - reading.UnknownShare))} can be told.",
            };
        }

        var passed = Holds(threshold.Operator, value, limit);
        return result with
        {
            Passed = passed,
            Reason = passed ? null : $"It was {Figures.InUnit(value, reading.Unit)}{(reading.Few ? ", of few samples" : "")}.",
        };
    }

    /// <summary>Whether a run that goes on has broken it already: what only grows cannot fall short before the end, what only shrinks cannot exceed.</summary>
    public static bool IsBrokenEarly(Threshold threshold, ThresholdResult result)
    {
        if (result.Passed || result.Value is not { } value)
        {
            return false;
        }

        var (grows, shrinks) = CourseOf(threshold);
        return threshold.Operator switch
        {
            "<" or "<=" => !shrinks,
            ">" or ">=" => !grows,
            "==" => (!grows || value > result.Limit) && (!shrinks || value < result.Limit),
            _ => !grows && !shrinks,
        };
    }

    // Counts, and the extremes of what was measured so far.
    private static (bool Grows, bool Shrinks) CourseOf(Threshold threshold) => threshold.Statistic switch
    {
        { Kind: StatisticKind.Count or StatisticKind.Max } => (true, false),
        { Kind: StatisticKind.Errors or StatisticKind.Dropped or StatisticKind.Checks } => (!threshold.InPercent, false),
        { Kind: StatisticKind.Metric, MetricStatistic: null or "count" or "sum" or "max" } => (true, false),
        { Kind: StatisticKind.Min } or { Kind: StatisticKind.Metric, MetricStatistic: "min" } => (false, true),
        _ => (false, false),
    };

    private static bool Holds(string comparison, double value, double limit) => comparison switch
    {
        "<" => value < limit,
        "<=" => value <= limit,
        ">" => value > limit,
        ">=" => value >= limit,
        "==" => Same(value, limit),
        "!=" => !Same(value, limit),
        _ => throw new InvalidOperationException($"A valid plan has no threshold operator '{comparison}'."),
    };

    private static bool Same(double value, double limit) => Math.Abs(value - limit) <= 1e-9 * Math.Max(1, Math.Abs(limit));

    private static double? MarginOf(string comparison, double value, double limit)
    {
        if (limit == 0)
        {
            return null;
        }

        return comparison switch
        {
            "<" or "<=" => (limit - value) / Math.Abs(limit),
            ">" or ">=" => (value - limit) / Math.Abs(limit),
            _ => null,
        };
    }

    private static string UnitOf(Threshold threshold) => threshold.Statistic.Kind switch
    {
        StatisticKind.Percentile or StatisticKind.Mean or StatisticKind.Min or StatisticKind.Max => "ms",
        StatisticKind.Rate => "/s",
        _ => threshold.InPercent ? "%" : "",
    };
}
