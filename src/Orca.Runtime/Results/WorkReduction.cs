using System.Collections.Immutable;
using Orca.Measurement;

namespace Orca.Results;

/// <summary>Turns measured work into the figures that a report shows.</summary>
internal static class WorkReduction
{
    public static WorkStatistics Of(MeasurementSet set, TimeSpan span, bool withSteps)
    {
        var seconds = span.TotalSeconds;
        return new()
        {
            Started = set.Started,
            Finished = set.Finished,
            Ok = set.ResponseOk.Count,
            Failed = set.ResponseFailed.Count,
            Dropped = set.Dropped,
            Missed = set.Missed,
            Interrupted = set.Interrupted,
            UserTime = set.UserTime,
            Rate = PerSecond(set.Finished, seconds),
            Span = span,
            KnownPercentile = 100 * (1 - JudgedWork.UnknownShare(set)),
            Response = TimesOf(set.ResponseOk, set.ResponseFailed),
            Service = TimesOf(set.ServiceOk, set.ServiceFailed),
            ResponseOk = TimeStatistics.Of(set.ResponseOk),
            ResponseFailed = TimeStatistics.Of(set.ResponseFailed),
            Lateness = TimeStatistics.Of(set.Lateness),
            Errors = ErrorsOf(set.Errors),
            Steps = withSteps ? [.. ByName(set.Steps).Select(step => StepOf(step.Key, step.Value, seconds))] : [],
            Checks = withSteps ? [.. ByName(set.Checks).Select(check => new CheckStatistics(check.Key, check.Value.Passed, check.Value.Failed))] : [],
            Metrics = withSteps ? [.. ByName(set.Metrics).Select(metric => MetricOf(metric.Key, metric.Value, seconds))] : [],
        };
    }

    private static TimeStatistics? TimesOf(Histogram ok, Histogram failed)
    {
        var all = new Histogram(ok.Precision);
        all.Add(ok);
        all.Add(failed);
        return TimeStatistics.Of(all);
    }

    private static StepStatistics StepOf(string name, StepMeasurement step, double seconds) => new()
    {
        Name = name,
        Ok = step.Ok,
        Failed = step.Failed,
        Rate = PerSecond(step.Ok + step.Failed, seconds),
        Service = TimeStatistics.Of(step.Service),
        Errors = ErrorsOf(step.Errors),
        Http = step.Http is not { } http ? null : new()
        {
            Requests = http.Requests,
            Broken = http.Broken,
            BytesSent = http.BytesSent,
            BytesReceived = http.BytesReceived,
            FirstByte = TimeStatistics.Of(http.FirstByte),
            Total = TimeStatistics.Of(http.Total),
            Errors = ErrorsOf(http.Errors),
            Statuses = [.. http.Statuses.OrderBy(status => status.Key).Select(status => new HttpStatusCount(status.Key, status.Value))],
        },
    };

    private static MetricStatistics MetricOf(string name, MetricMeasurement metric, double seconds)
    {
        var values = metric.Values is { Count: > 0 } some ? some : null;
        var count = metric.Values?.Count ?? metric.Count;
        var isGauge = metric is { Kind: MetricKind.Gauge, Count: > 0 };
        return new()
        {
            Name = name,
            Kind = metric.Kind.ToString().ToLowerInvariant(),
            Count = count,
            Rate = PerSecond(count, seconds),
            Last = isGauge ? metric.Last : null,
            Min = isGauge ? metric.Min : values?.Min,
            Max = isGauge ? metric.Max : values?.Max,
            Mean = values?.Mean,
            P50 = values?.ValueAt(50),
            P90 = values?.ValueAt(90),
            P95 = values?.ValueAt(95),
            P99 = values?.ValueAt(99),
        };
    }

    private static ImmutableArray<ErrorStatistics> ErrorsOf(Dictionary<string, ErrorCount> errors) =>
    [
        .. errors.Where(error => error.Value.Count > 0).OrderByDescending(error => error.Value.Count).ThenBy(error => error.Key, StringComparer.Ordinal)
            .Select(error => new ErrorStatistics(error.Key, error.Value.Count, error.Value.Sample)),
    ];

    private static IEnumerable<KeyValuePair<string, T>> ByName<T>(Dictionary<string, T> values) => values.OrderBy(named => named.Key, StringComparer.Ordinal);

    private static double PerSecond(long count, double seconds) => seconds > 0 ? count / seconds : 0;
}
