using System.Globalization;
using Orca.Measurement;
using Orca.Plans;
using Orca.Results.Console;

namespace Orca.Results;

/// <summary>Reads the statistic of a threshold off the measured work.</summary>
internal static class ThresholdGauge
{
    private const int FewSamples = 10;

    public static ThresholdReading Read(Threshold threshold, JudgedWork work)
    {
        var statistic = threshold.Statistic;
        if (work.Of(threshold.Scenario) is not { } set)
        {
            return ThresholdReading.Nothing($"The plan has no scenario '{threshold.Scenario}'.");
        }

        var span = work.SpanOf(threshold.Scenario).TotalSeconds;
        switch (statistic.Kind)
        {
            case StatisticKind.Checks:
                return Check(threshold, set);
            case StatisticKind.Metric:
                return Metric(threshold, set, span);
            case StatisticKind.Dropped:
                var due = work.ArrivalsDue(threshold.Scenario);
                return due == 0
                    ? ThresholdReading.Nothing($"No arrival of {Whose(threshold)} was due, so none could be dropped.")
                    : Part(threshold, set.Dropped, due);
        }

        var (ok, failed, times) = threshold.Step is { } name
            ? set.Steps.GetValueOrDefault(name) is { } step ? (step.Ok, step.Failed, StepTimes(step, statistic)) : (0, 0, null)
            : (set.ResponseOk.Count, set.ResponseFailed.Count, IterationTimes(set, statistic));
        if (ok + failed == 0)
        {
            return ThresholdReading.Nothing($"{Whose(threshold)} never occurred: {(threshold.Step is null ? "no iteration" : "no such step")} finished in the measured time.{Overflow(threshold.Step is not null && set.Steps.ContainsKey(NameTable.OtherName))}");
        }

        var counted = statistic.Ok switch { true => ok, false => failed, _ => ok + failed };
        return statistic.Kind switch
        {
            StatisticKind.Rate => span > 0
                ? new(counted / span, "/s")
                : ThresholdReading.Nothing("The run ended before any time was measured.", "/s"),
            StatisticKind.Count => new(counted, ""),
            StatisticKind.Errors => Part(threshold, failed, ok + failed),
            _ => Time(threshold, times, JudgedWork.UnknownShare(set)),
        };
    }

    /// <summary>The threshold's scenario and step as plans write them.</summary>
    private static string Whose(Threshold threshold) => threshold.Step is null ? $"'{threshold.Scenario}'" : $"'{threshold.Scenario}/{threshold.Step}'";

    private static string Overflow(bool hasOther) =>
        hasOther ? $" Of its kind more than {Figures.Count(NameTable.Cap)} names came up, and the rest is counted under '{NameTable.OtherName}'." : "";

    private static ThresholdReading Time(Threshold threshold, Histogram? times, double unknown)
    {
        var statistic = threshold.Statistic;
        if (times is null)
        {
            return ThresholdReading.Nothing("A step has one service time for all its uses: write it without 'ok.' or 'failed.'.", "ms");
        }

        if (times.Count == 0)
        {
            return ThresholdReading.Nothing($"{Whose(threshold)} never occurred so: no {(statistic.Ok == true ? "iteration passed" : "iteration failed")} in the measured time.", "ms");
        }

        return statistic.Kind switch
        {
            StatisticKind.Mean => new(times.Mean / 1e6, "ms"),
            StatisticKind.Min => new(times.Min / 1e6, "ms"),
            StatisticKind.Max => Percentile(times, 100, 1e6, "ms", unknown) with { Few = false },
            _ => Percentile(times, statistic.Percentile, 1e6, "ms", unknown),
        };
    }

    private static ThresholdReading Percentile(Histogram times, double percentile, double scale, string unit, double unknown) =>
        new(times.ValueAt(percentile) / scale, unit)
        {
            // What has no time may be slower than all that has: a percentile above what is known could be anything.
            UnknownShare = unknown > 0 && percentile / 100 > 1 - unknown + 1e-12 ? unknown : 0,
            Few = times.Count * (1 - (percentile / 100)) < FewSamples - 1e-6,
        };

    private static ThresholdReading Part(Threshold threshold, long part, long whole) =>
        threshold.InPercent ? new(100.0 * part / whole, "%") : new(part, "");

    private static ThresholdReading Check(Threshold threshold, MeasurementSet set)
    {
        var name = threshold.Statistic.Name ?? "";
        return set.Checks.GetValueOrDefault(name) is { } check && check.Passed + check.Failed > 0
            ? Part(threshold, check.Passed, check.Passed + check.Failed)
            : ThresholdReading.Nothing($"Check '{name}' of {Whose(threshold)} never occurred.{Overflow(set.Checks.ContainsKey(NameTable.OtherName))}");
    }

    private static ThresholdReading Metric(Threshold threshold, MeasurementSet set, double span)
    {
        var name = threshold.Statistic.Name ?? "";
        var asked = threshold.Statistic.MetricStatistic ?? "count";
        if (set.Metrics.GetValueOrDefault(name) is not { Recorded: > 0 } metric)
        {
            return ThresholdReading.Nothing($"Metric '{name}' of {Whose(threshold)} never occurred.{Overflow(set.Metrics.ContainsKey(NameTable.OtherName))}");
        }

        var values = metric.Values;
        var counted = values?.Count ?? metric.Count;
        ThresholdReading? reading = asked switch
        {
            "count" => new(counted, ""),
            "sum" when metric.Kind == MetricKind.Counter => new(metric.Count, ""),
            "sum" when values is not null => new((double)values.Sum, ""),
            "rate" => span > 0 ? new(counted / span, "/s") : ThresholdReading.Nothing("The run ended before any time was measured.", "/s"),
            "last" when metric.Kind == MetricKind.Gauge => new(metric.Last, ""),
            "min" when metric.Kind == MetricKind.Gauge => new(metric.Min, ""),
            "max" when metric.Kind == MetricKind.Gauge => new(metric.Max, ""),
            "min" when values is not null => new(values.Min, ""),
            "max" when values is not null => new(values.Max, ""),
            "mean" when values is not null => new(values.Mean, ""),
            ['p', .. var digits] when values is not null
                && double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percentile)
                && percentile is > 0 and <= 100 => Percentile(values, percentile, 1, "", JudgedWork.UnknownShare(set)),
            _ => null,
        };
        return reading ?? ThresholdReading.Nothing($"Metric '{name}' is a {metric.Kind.ToString().ToLowerInvariant()} and has no '{asked}'.");
    }

    private static Histogram IterationTimes(MeasurementSet set, Statistic statistic)
    {
        var (ok, failed) = statistic.OfService ? (set.ServiceOk, set.ServiceFailed) : (set.ResponseOk, set.ResponseFailed);
        switch (statistic.Ok)
        {
            case true:
                return ok;
            case false:
                return failed;
            default:
                var all = new Histogram(ok.Precision);
                all.Add(ok);
                all.Add(failed);
                return all;
        }
    }

    private static Histogram? StepTimes(StepMeasurement step, Statistic statistic) => statistic.Ok switch
    {
        null => step.Service,
        true when step.Failed == 0 => step.Service,
        false when step.Ok == 0 => step.Service,
        _ => null,
    };
}
