using System.Diagnostics.CodeAnalysis;

namespace Orca.Measurement;

/// <summary>Reads what was measured from the fields of a snapshot, whose bytes may be anything; fails rather than throws.</summary>
/// <param name="names">The names that the fields refer to by number, in so far as they have been read.</param>
/// <param name="budget">The memory that what is read may still take.</param>
internal sealed class MeasurementReader(IReadOnlyList<string> names, DecodeBudget budget)
{
    public const long MostCount = HdrEncoding.MostCount;
    public const long MostTicks = 1L << 58;

    // About what each of these takes in memory, however few bytes ask for it.
    public const int CostOfNamed = 400;
    private const int CostOfSet = 2_000;

    private bool _failed;

    /// <summary>Whether something was not what it should be; from then on nothing is read any more.</summary>
    public bool Failed => _failed;

    public void Fail() => _failed = true;

    public MeasurementSet? Set(WireReader fields)
    {
        var (precision, started, dropped, missed, interrupted, userTime) = (0, 0L, 0L, 0L, 0L, 0L);
        Histogram? responseOk = null, responseFailed = null, serviceOk = null, serviceFailed = null, lateness = null;
        Dictionary<string, ErrorCount> errors = new(StringComparer.Ordinal);
        Dictionary<string, StepMeasurement> steps = new(StringComparer.Ordinal);
        Dictionary<string, CheckCount> checks = new(StringComparer.Ordinal);
        Dictionary<string, MetricMeasurement> metrics = new(StringComparer.Ordinal);
        _failed |= !budget.Take(CostOfSet);
        while (!_failed && fields.Next())
        {
            switch (fields.Field)
            {
                case SnapshotFields.OfSet.Precision: precision = (int)fields.Count(HistogramLayout.MostDigits); break;
                case SnapshotFields.OfSet.Started: started = fields.Count(MostCount); break;
                case SnapshotFields.OfSet.Dropped: dropped = fields.Count(MostCount); break;
                case SnapshotFields.OfSet.Missed: missed = fields.Count(MostCount); break;
                case SnapshotFields.OfSet.Interrupted: interrupted = fields.Count(MostCount); break;
                case SnapshotFields.OfSet.UserTime: userTime = fields.Count(MostTicks); break;
                case SnapshotFields.OfSet.ResponseOk: responseOk = Histogram(new(fields.Bytes())); break;
                case SnapshotFields.OfSet.ResponseFailed: responseFailed = Histogram(new(fields.Bytes())); break;
                case SnapshotFields.OfSet.ServiceOk: serviceOk = Histogram(new(fields.Bytes())); break;
                case SnapshotFields.OfSet.ServiceFailed: serviceFailed = Histogram(new(fields.Bytes())); break;
                case SnapshotFields.OfSet.Lateness: lateness = Histogram(new(fields.Bytes())); break;
                case SnapshotFields.OfSet.Error: Error(new(fields.Bytes()), errors); break;
                case SnapshotFields.OfSet.Step: Step(new(fields.Bytes()), precision, steps); break;
                case SnapshotFields.OfSet.Check: Check(new(fields.Bytes()), checks); break;
                case SnapshotFields.OfSet.Metric: Metric(new(fields.Bytes()), precision, metrics); break;
            }
        }

        _failed |= fields.Failed;
        return OrEmpty(ref responseOk, precision) && OrEmpty(ref responseFailed, precision) && OrEmpty(ref serviceOk, precision)
            && OrEmpty(ref serviceFailed, precision) && OrEmpty(ref lateness, precision)
            ? new(precision)
            {
                Started = started,
                Dropped = dropped,
                Missed = missed,
                Interrupted = interrupted,
                UserTime = new(userTime),
                ResponseOk = responseOk,
                ResponseFailed = responseFailed,
                ServiceOk = serviceOk,
                ServiceFailed = serviceFailed,
                Lateness = lateness,
                Errors = errors,
                Steps = steps,
                Checks = checks,
                Metrics = metrics,
            }
            : null;
    }

    public Histogram? Histogram(WireReader fields)
    {
        var histogram = HistogramWire.Read(fields, budget);
        _failed |= histogram is null;
        return histogram;
    }

    /// <summary>A histogram that was left out is empty; one that is there must be of the precision that was stated.</summary>
    public bool OrEmpty([NotNullWhen(true)] ref Histogram? histogram, int precision)
    {
        _failed |= precision == 0 || (histogram is not null && histogram.Precision != precision);
        histogram ??= _failed ? null : new(precision);
        return !_failed;
    }

    public bool TryName(int number, [NotNullWhen(true)] out string? name)
    {
        _failed |= number < 0 || number >= names.Count;
        name = _failed ? null : names[number];
        return !_failed;
    }

    private void Error(WireReader fields, Dictionary<string, ErrorCount> errors)
    {
        var (kind, count, sample) = (0, 0L, (string?)null);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case SnapshotFields.OfError.Kind: kind = (int)fields.Count(int.MaxValue); break;
                case SnapshotFields.OfError.Count: count = fields.Count(MostCount); break;
                case SnapshotFields.OfError.Sample: sample = fields.Text(); break;
            }
        }

        AddNamed(fields, kind, errors, new(count, sample));
    }

    private void Step(WireReader fields, int precision, Dictionary<string, StepMeasurement> steps)
    {
        var (name, ok, failed) = (0, 0L, 0L);
        Histogram? service = null;
        HttpMeasurement? http = null;
        Dictionary<string, ErrorCount> errors = new(StringComparer.Ordinal);
        while (!_failed && fields.Next())
        {
            switch (fields.Field)
            {
                case SnapshotFields.OfStep.Name: name = (int)fields.Count(int.MaxValue); break;
                case SnapshotFields.OfStep.Service: service = Histogram(new(fields.Bytes())); break;
                case SnapshotFields.OfStep.Ok: ok = fields.Count(MostCount); break;
                case SnapshotFields.OfStep.Failed: failed = fields.Count(MostCount); break;
                case SnapshotFields.OfStep.Error: Error(new(fields.Bytes()), errors); break;
                case SnapshotFields.OfStep.Http: http = Http(new(fields.Bytes()), precision); break;
            }
        }

        if (OrEmpty(ref service, precision))
        {
            AddNamed(fields, name, steps, new(precision) { Service = service, Ok = ok, Failed = failed, Errors = errors, Http = http });
        }
    }

    private HttpMeasurement? Http(WireReader fields, int precision)
    {
        var (requests, broken, bytesSent, bytesReceived) = (0L, 0L, 0L, 0L);
        Histogram? firstByte = null, total = null;
        Dictionary<int, long> statuses = [];
        Dictionary<string, ErrorCount> errors = new(StringComparer.Ordinal);
        _failed |= !budget.Take(CostOfSet);
        while (!_failed && fields.Next())
        {
            switch (fields.Field)
            {
                case SnapshotFields.OfHttp.Requests: requests = fields.Count(MostCount); break;
                case SnapshotFields.OfHttp.Broken: broken = fields.Count(MostCount); break;
                case SnapshotFields.OfHttp.BytesSent: bytesSent = fields.Count(MostCount); break;
                case SnapshotFields.OfHttp.BytesReceived: bytesReceived = fields.Count(MostCount); break;
                case SnapshotFields.OfHttp.Statuses: Statuses(new(fields.Bytes()), statuses); break;
                case SnapshotFields.OfHttp.FirstByte: firstByte = Histogram(new(fields.Bytes())); break;
                case SnapshotFields.OfHttp.Total: total = Histogram(new(fields.Bytes())); break;
                case SnapshotFields.OfHttp.Error: Error(new(fields.Bytes()), errors); break;
            }
        }

        _failed |= fields.Failed;
        return OrEmpty(ref firstByte, precision) && OrEmpty(ref total, precision)
            ? new(precision)
            {
                Requests = requests,
                Broken = broken,
                BytesSent = bytesSent,
                BytesReceived = bytesReceived,
                FirstByte = firstByte,
                Total = total,
                Statuses = statuses,
                Errors = errors,
            }
            : null;
    }

    private void Statuses(WireReader pairs, Dictionary<int, long> statuses)
    {
        while (!pairs.AtEnd)
        {
            var (status, count) = (pairs.Varint(), pairs.Varint());
            if (status > 999 || count > MostCount || !statuses.TryAdd((int)status, (long)count))
            {
                pairs.Fail();
            }
        }

        _failed |= pairs.Failed;
    }

    private void Check(WireReader fields, Dictionary<string, CheckCount> checks)
    {
        var (name, passed, failed) = (0, 0L, 0L);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case SnapshotFields.OfCheck.Name: name = (int)fields.Count(int.MaxValue); break;
                case SnapshotFields.OfCheck.Passed: passed = fields.Count(MostCount); break;
                case SnapshotFields.OfCheck.Failed: failed = fields.Count(MostCount); break;
            }
        }

        AddNamed(fields, name, checks, new(passed, failed));
    }

    private void Metric(WireReader fields, int precision, Dictionary<string, MetricMeasurement> metrics)
    {
        var (name, kind, recorded, rejected, count) = (0, MetricKind.Counter, 0L, 0L, 0L);
        var (last, min, max) = (0.0, 0.0, 0.0);
        Histogram? values = null;
        while (!_failed && fields.Next())
        {
            switch (fields.Field)
            {
                case SnapshotFields.OfMetric.Name: name = (int)fields.Count(int.MaxValue); break;
                case SnapshotFields.OfMetric.Kind: kind = (MetricKind)fields.Count((long)MetricKind.Distribution); break;
                case SnapshotFields.OfMetric.Recorded: recorded = fields.Count(MostCount); break;
                case SnapshotFields.OfMetric.Rejected: rejected = fields.Count(MostCount); break;
                case SnapshotFields.OfMetric.Count: count = fields.Number(); break;
                case SnapshotFields.OfMetric.Last: last = fields.Real(); break;
                case SnapshotFields.OfMetric.Min: min = fields.Real(); break;
                case SnapshotFields.OfMetric.Max: max = fields.Real(); break;
                case SnapshotFields.OfMetric.Values: values = Histogram(new(fields.Bytes())); break;
            }
        }

        if ((kind == MetricKind.Distribution || values is not null) && (!OrEmpty(ref values, precision) || kind != MetricKind.Distribution))
        {
            _failed = true;
            return;
        }

        AddNamed(fields, name, metrics, new()
        {
            Kind = kind, Recorded = recorded, Rejected = rejected, Count = count, Last = last, Min = min, Max = max, Values = values,
        });
    }

    private void AddNamed<T>(WireReader fields, int number, Dictionary<string, T> named, T value)
    {
        _failed |= fields.Failed || !budget.Take(CostOfNamed);
        _failed |= !TryName(number, out var name) || !named.TryAdd(name, value);
    }
}
