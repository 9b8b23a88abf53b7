using Orca.Measurement;
using Orca.Plans;
using Orca.Results;

namespace Orca.Tests.Results;

/// <summary>What a report must hold, given the newest snapshot of each incarnation.</summary>
internal static class MergeChecks
{
    public static void Totals(RunReport report, ICollection<Snapshot> newest, RunPlan plan)
    {
        for (var i = 0; i < 2; i++)
        {
            var (measured, warmUp) = (Sum(newest, i, MeasuredPart.Measured, plan), Sum(newest, i, MeasuredPart.WarmUp, plan));
            Same(measured, report.Scenarios[i].Measured);
            Same(warmUp, report.Scenarios[i].WarmUp!);
        }

        Assert.Equal(report.Scenarios.Sum(scenario => scenario.Measured.Finished), report.Totals.Finished);
        Assert.Equal(newest.Count, report.Drones.Count(drone => drone.MeasuredTo > TimeSpan.Zero));
    }

    private static void Same(MeasurementSet expected, WorkStatistics actual)
    {
        Assert.Equal(
            (expected.Started, expected.ResponseOk.Count, expected.ResponseFailed.Count, expected.Dropped, expected.Missed, expected.Interrupted, expected.UserTime),
            (actual.Started, actual.Ok, actual.Failed, actual.Dropped, actual.Missed, actual.Interrupted, actual.UserTime));
        Assert.Equal(expected.ServiceOk.Count + expected.ServiceFailed.Count, actual.Service?.Count ?? 0);
        Assert.Equal(expected.Lateness.Count, actual.Lateness?.Count ?? 0);
        Assert.Equal(expected.ResponseOk.ValueAt(99) / 1e6, actual.ResponseOk?.P99 ?? 0);
        Assert.Equal(expected.ResponseOk.Max / 1e6, actual.ResponseOk?.Max ?? 0);
        Assert.Equal(expected.Steps.Values.Sum(step => step.Ok), actual.Steps.Sum(step => step.Ok));
        Assert.Equal(expected.Errors.Values.Sum(error => error.Count), actual.Errors.Sum(error => error.Count));
    }

    public static void Intervals(RunReport report, ICollection<Snapshot> newest, RunPlan plan, double seconds)
    {
        var regular = report.Intervals.Where(interval => !interval.Correction).ToList();
        Assert.Equal(TimeSpan.Zero, regular[0].From);
        Assert.All(regular.Zip(regular.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.True(regular[^1].To >= TimeSpan.FromSeconds(seconds));
        Assert.Equal(Enumerable.Range(0, report.Intervals.Length), report.Intervals.Select(interval => interval.Number));

        for (var i = 0; i < 2; i++)
        {
            var name = plan.Scenarios[i].Name;
            Adds(Sum(newest, i, MeasuredPart.Measured, plan), [.. report.Intervals.Select(interval => interval.Scenarios[i])], plan);
            Adds(Sum(newest, i, MeasuredPart.WarmUp, plan), [.. report.Intervals.SelectMany(interval => interval.WarmUp).Where(figures => figures.Name == name)], plan);
        }

        Assert.Equal(
            report.Scenarios.Sum(scenario => scenario.Measured.Started + scenario.WarmUp!.Started),
            report.Intervals.Sum(interval => interval.Total.Started));
    }

    private static void Adds(MeasurementSet expected, List<IntervalFigures> parts, RunPlan plan)
    {
        Assert.Equal(
            (expected.Started, expected.ResponseOk.Count, expected.ResponseFailed.Count, expected.Dropped, expected.Missed, expected.Interrupted, expected.UserTime.Ticks),
            (parts.Sum(part => part.Started), parts.Sum(part => part.Ok), parts.Sum(part => part.Failed), parts.Sum(part => part.Dropped), parts.Sum(part => part.Missed), parts.Sum(part => part.Interrupted), parts.Sum(part => part.UserTime.Ticks)));
        Assert.Equal(expected.Steps.Values.Sum(step => step.Ok), parts.SelectMany(part => part.Steps).Sum(step => step.Ok));

        var response = new Histogram(plan.Precision);
        foreach (var part in parts.Where(part => !part.ResponseHistogram.IsEmpty))
        {
            Assert.True(HdrEncoding.DecodeCompressed(part.ResponseHistogram.Span).TryGet(out var histogram, out _));
            response.Add(histogram);
        }

        var all = new Histogram(plan.Precision);
        all.Add(expected.ResponseOk);
        all.Add(expected.ResponseFailed);
        Assert.Equal(all.Buckets, response.Buckets);
    }

    public static MeasurementSet Sum(IEnumerable<Snapshot> newest, int scenario, MeasuredPart part, RunPlan plan)
    {
        var sum = new MeasurementSet(plan.Precision);
        foreach (var snapshot in newest)
        {
            sum.Add(part == MeasuredPart.Measured ? snapshot.Scenarios[scenario].Measured : snapshot.Scenarios[scenario].WarmUp);
        }

        return sum;
    }

    /// <summary>Two sets that hold the same in every bucket.</summary>
    public static void Same(MeasurementSet expected, MeasurementSet actual)
    {
        Assert.Equal(
            (expected.Started, expected.Dropped, expected.Missed, expected.Interrupted, expected.UserTime),
            (actual.Started, actual.Dropped, actual.Missed, actual.Interrupted, actual.UserTime));
        Same(expected.ResponseOk, actual.ResponseOk);
        Same(expected.ResponseFailed, actual.ResponseFailed);
        Same(expected.ServiceOk, actual.ServiceOk);
        Same(expected.ServiceFailed, actual.ServiceFailed);
        Same(expected.Lateness, actual.Lateness);
        foreach (var (name, step) in expected.Steps)
        {
            Same(step.Service, actual.Steps[name].Service);
            Assert.Equal((step.Ok, step.Failed), (actual.Steps[name].Ok, actual.Steps[name].Failed));
        }

        foreach (var (name, check) in expected.Checks)
        {
            Assert.Equal(check, actual.Checks[name]);
        }

        foreach (var (name, metric) in expected.Metrics)
        {
            Assert.Equal((metric.Recorded, metric.Count), (actual.Metrics[name].Recorded, actual.Metrics[name].Count));
            Same(metric.Values ?? new(1), actual.Metrics[name].Values ?? new(1));
        }
    }

    private static void Same(Histogram expected, Histogram actual)
    {
        Assert.Equal((expected.Count, expected.Sum, expected.Clamped), (actual.Count, actual.Sum, actual.Clamped));
        Assert.Equal(expected.Buckets, actual.Buckets);
    }
}
