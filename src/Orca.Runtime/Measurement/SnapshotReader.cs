using System.Collections.Immutable;

namespace Orca.Measurement;

/// <summary>Reads the fields of one snapshot, from bytes that may be anything; fails rather than throws.</summary>
internal sealed class SnapshotReader
{
    // About what a name takes in memory, however few bytes ask for it.
    private const int CostOfName = 100;

    private readonly DecodeBudget _budget = new(DecodeBudget.Usual);
    private readonly List<string> _names = [];
    private readonly MeasurementReader _measurements;
    private readonly ImmutableArray<ScenarioSnapshot>.Builder _scenarios = ImmutableArray.CreateBuilder<ScenarioSnapshot>();
    private readonly ImmutableArray<Attachment>.Builder _attachments = ImmutableArray.CreateBuilder<Attachment>();
    private SnapshotHeader? _header;
    private DroneHealth? _health;

    private SnapshotReader() => _measurements = new(_names, _budget);

    /// <summary>The snapshot, or null where the bytes are none.</summary>
    public static Snapshot? Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new SnapshotReader();
        var fields = new WireReader(bytes);
        while (!reader._measurements.Failed && fields.Next())
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

        return fields.Failed || reader._measurements.Failed || reader._header is null || reader._health is null
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
        return fields.Failed || reader._measurements.Failed ? null : header;
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

        FailIf(fields.Failed || runTime is < -MeasurementReader.MostTicks or > MeasurementReader.MostTicks);
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

        FailIf(fields.Failed);
    }

    private void Scenario(WireReader fields)
    {
        var (name, users, over) = (0, 0, 0L);
        MeasurementSet? warmUp = null, measured = null;
        while (!_measurements.Failed && fields.Next())
        {
            switch (fields.Field)
            {
                case SnapshotFields.OfScenario.Name: name = (int)fields.Count(int.MaxValue); break;
                case SnapshotFields.OfScenario.Users: users = (int)fields.Count(int.MaxValue); break;
                case SnapshotFields.OfScenario.NamesOverCap: over = fields.Count(MeasurementReader.MostCount); break;
                case SnapshotFields.OfScenario.WarmUp: warmUp = _measurements.Set(new(fields.Bytes())); break;
                case SnapshotFields.OfScenario.Measured: measured = _measurements.Set(new(fields.Bytes())); break;
            }
        }

        FailIf(fields.Failed);
        if (_measurements.TryName(name, out var text) && warmUp is not null && measured is not null)
        {
            _scenarios.Add(new() { Name = text, Users = users, NamesOverCap = over, WarmUp = warmUp, Measured = measured });
        }
        else
        {
            _measurements.Fail();
        }
    }

    private void Health(WireReader fields)
    {
        var (processor, elapsed, processors, gcPause, workingSet, precision) = (0L, 0L, 0, 0L, 0L, 0);
        Histogram? delay = null;
        while (!_measurements.Failed && fields.Next())
        {
            switch (fields.Field)
            {
                case SnapshotFields.OfHealth.Processor: processor = fields.Count(MeasurementReader.MostTicks); break;
                case SnapshotFields.OfHealth.Elapsed: elapsed = fields.Count(MeasurementReader.MostTicks); break;
                case SnapshotFields.OfHealth.Processors: processors = (int)fields.Count(int.MaxValue); break;
                case SnapshotFields.OfHealth.GcPause: gcPause = fields.Count(MeasurementReader.MostTicks); break;
                case SnapshotFields.OfHealth.WorkingSet: workingSet = fields.Count(MeasurementReader.MostCount); break;
                case SnapshotFields.OfHealth.Precision: precision = (int)fields.Count(HistogramLayout.MostDigits); break;
                case SnapshotFields.OfHealth.SchedulingDelay: delay = _measurements.Histogram(new(fields.Bytes())); break;
            }
        }

        FailIf(fields.Failed);
        if (_measurements.OrEmpty(ref delay, precision))
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

        FailIf(fields.Failed || !_budget.Take(MeasurementReader.CostOfNamed));
        if (_measurements.TryName(scenario, out var ofScenario) && _measurements.TryName(name, out var text))
        {
            _attachments.Add(new(ofScenario, text, json));
        }
    }

    private void FailIf(bool isBad)
    {
        if (isBad)
        {
            _measurements.Fail();
        }
    }
}
