namespace Orca.Measurement;

/// <summary>Adds the shards of a scenario up to sets with names.</summary>
internal sealed class ShardReader(
    int precision, NameTable steps, NameTable checks, NameTable metrics, NameTable errorKinds, ErrorSamples samples, MetricDirectory directory)
{
    /// <summary>Adds what ended: iterations, steps, checks, metrics.</summary>
    public void AddEnds(MeasuredPart part, PartShard from, MeasurementSet to)
    {
        to.ResponseOk.Add(from.ResponseOk);
        to.ResponseFailed.Add(from.ResponseFailed);
        to.ServiceOk.Add(from.ServiceOk);
        to.ServiceFailed.Add(from.ServiceFailed);
        to.Interrupted += from.Interrupted;
        AddErrors(part, ErrorSamples.OfIterations, from.Errors, to.Errors);

        var stepShards = from.Steps;
        for (var step = 0; step < stepShards.Length; step++)
        {
            if (stepShards[step] is { } shard)
            {
                AddStep(part, step, shard, to.Steps.GetOrAdd(steps.NameOf(step), () => new(precision)));
            }
        }

        AddChecks(from.ChecksPassed, to, (count, more) => count with { Passed = count.Passed + more });
        AddChecks(from.ChecksFailed, to, (count, more) => count with { Failed = count.Failed + more });

        var metricShards = from.Metrics;
        for (var metric = 0; metric < metricShards.Length; metric++)
        {
            if (metricShards[metric] is { } shard)
            {
                AddMetric(part, metric, shard, to);
            }
        }
    }

    /// <summary>Adds what began, or never did.</summary>
    public static void AddStarts(PartShard from, MeasurementSet to)
    {
        to.Lateness.Add(from.Lateness);
        to.Started += from.Started;
        to.Dropped += from.Dropped;
        to.Missed += from.Missed;
        to.UserTime += TimeSpan.FromTicks(from.UserTicks);
    }

    private void AddStep(MeasuredPart part, int step, StepShard from, StepMeasurement to)
    {
        to.Service.Add(from.Service);
        to.Ok += from.Ok;
        to.Failed += from.Failed;
        AddErrors(part, step, from.Errors, to.Errors);
        if (from.Http is { } http)
        {
            var sum = to.Http ??= new(precision);
            sum.Requests += http.Requests;
            sum.Broken += http.Broken;
            sum.BytesSent += http.BytesSent;
            sum.BytesReceived += http.BytesReceived;
            sum.FirstByte.Add(http.FirstByte);
            sum.Total.Add(http.Total);
            AddErrors(part, step, http.Errors, sum.Errors);
            foreach (var (status, count) in http.Statuses.All)
            {
                sum.Statuses[status] = sum.Statuses.GetValueOrDefault(status) + count;
            }
        }
    }

    private void AddErrors(MeasuredPart part, int step, CodeCounts from, Dictionary<string, ErrorCount> to)
    {
        foreach (var (kind, count) in from.All)
        {
            var name = errorKinds.NameOf(kind);
            to[name] = new((to.GetValueOrDefault(name)?.Count ?? 0) + count, samples.Of(part, step, kind));
        }
    }

    private void AddChecks(ReadOnlySpan<long> counts, MeasurementSet to, Func<CheckCount, long, CheckCount> add)
    {
        for (var check = 0; check < counts.Length; check++)
        {
            if (counts[check] is > 0 and var count)
            {
                var name = checks.NameOf(check);
                to.Checks[name] = add(to.Checks.GetValueOrDefault(name) ?? new(0, 0), count);
            }
        }
    }

    private void AddMetric(MeasuredPart part, int metric, MetricShard from, MeasurementSet to)
    {
        var kind = directory.KindOf(metric);
        var sum = to.Metrics.GetOrAdd(metrics.NameOf(metric), () => MetricMeasurement.Of(kind, precision));
        var values = from.Values;
        sum.Rejected += from.Rejected;
        sum.Recorded += values;
        switch (kind)
        {
            case MetricKind.Counter:
                sum.Count += from.Sum;
                break;
            case MetricKind.Gauge when values > 0:
                sum.Min = sum.Count == 0 ? from.Min : Math.Min(sum.Min, from.Min);
                sum.Max = sum.Count == 0 ? from.Max : Math.Max(sum.Max, from.Max);
                sum.Last = directory.LastOf(part, metric);
                sum.Count += values;
                break;
            case MetricKind.Distribution when from.Distribution is { } distribution:
                sum.Values!.Add(distribution);
                break;
        }
    }
}
