using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Orca.Measurement;

/// <summary>Reads the fields of one snapshot, from bytes that may be anything; fails rather than throws.</summary>
internal sealed class SnapshotReader
{
    // About what each of these takes in memory, however few bytes ask for it.
    private const int CostOfSet = 2_000;
    private const int CostOfNamed = 400;
    private const int CostOfName = 100;

    private const long MostCount = HdrEncoding.MostCount;
    private const long MostTicks = 1L << 58;

    private readonly DecodeBudget _budget = new(DecodeBudget.Usual);
    private readonly List<string> _names = [];
    private readonly ImmutableArray<ScenarioSnapshot>.Builder _scenarios = ImmutableArray.CreateBuilder<ScenarioSnapshot>();
    private readonly ImmutableArray<Attachment>.Builder _attachments = ImmutableArray.CreateBuilder<Attachment>();
    private SnapshotHeader? _header;
    private DroneHealth? _health;
    private bool _failed;

    /// <summary>The snapshot, or null where the bytes are none.</summary>
    public static Snapshot? Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new SnapshotReader();
        var fields = new WireReader(bytes);
        while (!reader._failed && fields.Next())
        {
            switch (fields.Field)
            {
                case SnapshotFields.Header: reader._header = reader.Header(new(fields.Bytes())); break;
                case SnapshotFields.Names: reader.Names(new(fields.Bytes())); break;
                case SnapshotFields.Scenario: reader.Scenario(new(fields.Bytes())); break;
                case SnapshotFields.Health: reader.Health(new(fields.Bytes())); break;
                case SnapshotFields.Attachment: reader.Attachment(new(fields.Bytes())); break;
            }
        }

        return fields.Failed || reader._failed || reader._header is null || reader._health is null
            ? null
            : new()
            {
                Header = reader._header,
                Scenarios = reader._scenarios.ToImmutable(),
                Health = reader._health,
                Attachments = reader._attachments.ToImmutable(),
            };
    }

    /// <summary>The header, which is the first field, or null.</summary>
    public static SnapshotHeader? ReadHeader(ReadOnlySpan<byte> bytes)
    {
        var fields = new WireReader(bytes);
        if (!fields.Next() || fields.Field != SnapshotFields.Header)
        {
            return null;
        }

        var reader = new SnapshotReader();
        var header = reader.Header(new(fields.Bytes()));
        return fields.Failed || reader._failed ? null : header;
    }

    private SnapshotHeader Header(WireReader fields)
    {
        var (drone, incarnation, epoch, sequence, runTime, final) = ("", "", 0, 0L, 0L, false);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case SnapshotFields.OfHeader.Drone: drone = fields.Text(); break;
                case SnapshotFields.OfHeader.Incarnation: incarnation = fields.Text(); break;
                case SnapshotFields.OfHeader.Epoch: epoch = (int)fields.Count(int.MaxValue); break;
                case SnapshotFields.OfHeader.Sequence: sequence = fields.Count(long.MaxValue); break;
                case SnapshotFields.OfHeader.RunTime: runTime = fields.Number(); break;
                case SnapshotFields.OfHeader.Final: final = fields.Count(1) == 1; break;
            }
        }

        _failed |= fields.Failed || runTime is < -MostTicks or > MostTicks;
        return new(drone, incarnation, epoch, sequence, new TimeSpan(runTime), final);
    }

    private void Names(WireReader fields)
    {
        while (!fields.AtEnd && !fields.Failed)
        {
            if (!_budget.Take(CostOfName))
            {
                fields.Fail();
            }

            _names.Add(fields.SizedText());
        }

        _failed |= fields.Failed;
    }

    private void Scenario(WireReader fields)
    {
        var (name, users, over) = (0, 0, 0L);
        MeasurementSet? warmUp = null, measured = null;
        while (!_failed && fields.Next())
        {
            switch (fields.Field)
            {
                case SnapshotFields.OfScenario.Name: name = (int)fields.Count(int.MaxValue); break;
                case SnapshotFields.OfScenario.Users: users = (int)fields.Count(int.MaxValue); break;
                case SnapshotFields.OfScenario.NamesOverCap: over = fields.Count(MostCount); break;
                case SnapshotFields.OfScenario.WarmUp: warmUp = Set(new(fields.Bytes())); break;
                case SnapshotFields.OfScenario.Measured: measured = Set(new(fields.Bytes())); break;
            }
        }

        _failed |= fields.Failed;
        if (TryName(name, out var text) && warmUp is not null && measured is not null)
        {
            _scenarios.Add(new() { Name = text, Users = users, NamesOverCap = over, WarmUp = warmUp, Measured = measured });
        }
        else
        {
            _failed = true;
        }
    }

    private MeasurementSet? Set(WireReader fields)
    {
        var (precision, started, dropped, missed, interrupted, userTime) = (0, 0L, 0L, 0L, 0L, 0L);
        Histogram? responseOk = null, responseFailed = null, serviceOk = null, serviceFailed = null, lateness = null;
        Dictionary<string, ErrorCount> errors = new(StringComparer.Ordinal);
        Dictionary<string, StepMeasurement> steps = new(StringComparer.Ordinal);
        Dictionary<string, CheckCount> checks = new(StringComparer.Ordinal);
        Dictionary<string, MetricMeasurement> metrics = new(StringComparer.Ordinal);
        _failed |= !_budget.Take(CostOfSet);
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
        _failed |= !_budget.Take(CostOfSet);
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

    private void Health(WireReader fields)
    {
        var (processor, elapsed, processors, gcPause, workingSet, precision) = (0L, 0L, 0, 0L, 0L, 0);
        Histogram? delay = null;
        while (!_failed && fields.Next())
        {
            switch (fields.Field)
            {
                case SnapshotFields.OfHealth.Processor: processor = fields.Count(MostTicks); break;
                case SnapshotFields.OfHealth.Elapsed: elapsed = fields.Count(MostTicks); break;
                case SnapshotFields.OfHealth.Processors: processors = (int)fields.Count(int.MaxValue); break;
                case SnapshotFields.OfHealth.GcPause: gcPause = fields.Count(MostTicks); break;
                case SnapshotFields.OfHealth.WorkingSet: workingSet = fields.Count(MostCount); break;
                case SnapshotFields.OfHealth.Precision: precision = (int)fields.Count(HistogramLayout.MostDigits); break;
                case SnapshotFields.OfHealth.SchedulingDelay: delay = Histogram(new(fields.Bytes())); break;
            }
        }

        _failed |= fields.Failed;
        if (OrEmpty(ref delay, precision))
        {
            _health = new()
            {
                Processor = new(processor),
                Elapsed = new(elapsed),
                Processors = processors,
                GcPause = new(gcPause),
                WorkingSet = workingSet,
                SchedulingDelay = delay,
            };
        }
    }

    private void Attachment(WireReader fields)
    {
        var (scenario, name, json) = (0, 0, "");
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case SnapshotFields.OfAttachment.Scenario: scenario = (int)fields.Count(int.MaxValue); break;
                case SnapshotFields.OfAttachment.Name: name = (int)fields.Count(int.MaxValue); break;
                case SnapshotFields.OfAttachment.Json: json = fields.Text(); break;
            }
        }

        _failed |= fields.Failed || !_budget.Take(CostOfNamed);
        if (TryName(scenario, out var ofScenario) && TryName(name, out var text))
        {
            _attachments.Add(new(ofScenario, text, json));
        }
    }

    private Histogram? Histogram(WireReader fields)
    {
        var histogram = HistogramWire.Read(fields, _budget);
        _failed |= histogram is null;
        return histogram;
    }

    /// <summary>A histogram that was left out is empty; one that is there must be of the precision that was stated.</summary>
    private bool OrEmpty([NotNullWhen(true)] ref Histogram? histogram, int precision)
    {
        _failed |= precision == 0 || (histogram is not null && histogram.Precision != precision);
        histogram ??= _failed ? null : new(precision);
        return !_failed;
    }

    private void AddNamed<T>(WireReader fields, int number, Dictionary<string, T> named, T value)
    {
        _failed |= fields.Failed || !_budget.Take(CostOfNamed);
        _failed |= !TryName(number, out var name) || !named.TryAdd(name, value);
    }

    private bool TryName(int number, [NotNullWhen(true)] out string? name)
    {
        _failed |= number < 0 || number >= _names.Count;
        name = _failed ? null : _names[number];
        return !_failed;
    }
}
