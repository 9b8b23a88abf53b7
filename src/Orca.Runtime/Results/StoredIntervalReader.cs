using System.Collections.Immutable;
using Orca.Measurement;

namespace Orca.Results;

/// <summary>Reads the body of a stored interval, from bytes that may be anything; fails rather than throws.</summary>
internal sealed class StoredIntervalReader
{
    // About what each of these takes in memory, however few bytes ask for it.
    private const int CostOfEntry = 300;

    private const long MostCount = HdrEncoding.MostCount;
    private const long MostTicks = 1L << 58;

    // A plan's users are far fewer; sums over its scenarios stay numbers.
    private const int MostUsers = 1 << 24;

    private readonly DecodeBudget _budget = new(DecodeBudget.Usual);
    private readonly ImmutableArray<string>.Builder _missing = ImmutableArray.CreateBuilder<string>();
    private readonly ImmutableArray<DroneFigures>.Builder _drones = ImmutableArray.CreateBuilder<DroneFigures>();
    private readonly ImmutableArray<FailedThreshold>.Builder _thresholds = ImmutableArray.CreateBuilder<FailedThreshold>();
    private readonly ImmutableArray<MemberDelay>.Builder _delays = ImmutableArray.CreateBuilder<MemberDelay>();
    private Snapshot? _work;
    private bool _failed;

    /// <summary>The interval, or null where the bytes are none.</summary>
    public static StoredInterval? Read(StoredIntervalHeader header, ReadOnlySpan<byte> body)
    {
        var reader = new StoredIntervalReader();
        var fields = new WireReader(body);
        var wide = false;
        while (!reader._failed && fields.Next())
        {
            switch (fields.Field)
            {
                case StoredIntervalFields.OfBody.Wide: wide = fields.Count(1) == 1; break;
                case StoredIntervalFields.OfBody.Missing: reader.Add(fields.Text(), reader._missing); break;
                case StoredIntervalFields.OfBody.Drone: reader.Drone(new(fields.Bytes())); break;
                case StoredIntervalFields.OfBody.Work: reader.Work(fields.Bytes()); break;
                case StoredIntervalFields.OfBody.Failed: reader.Failed(new(fields.Bytes()), header.To); break;
                case StoredIntervalFields.OfBody.DelayAtWarmUp: reader.Delay(new(fields.Bytes())); break;
            }
        }

        return fields.Failed || reader._failed || reader._work is not { } work ? null : reader.Build(header, wide, work);
    }

    private StoredInterval Build(StoredIntervalHeader header, bool wide, Snapshot work) =>
        new(header, new()
        {
            Number = header.Number,
            From = header.From,
            To = header.To,
            Correction = header.Correction,
            Wide = wide,
            Missing = _missing.ToImmutable(),
            Drones = _drones.ToImmutable(),
            Detail = new([.. work.Scenarios.Select(scenario => scenario.Measured)], [.. work.Scenarios.Select(scenario => scenario.WarmUp)])
            {
                DelaysAtWarmUp = _delays.ToImmutable(),
            },
        })
        {
            Scenarios = [.. work.Scenarios.Select(scenario => scenario.Name)],
            Users = [.. work.Scenarios.Select(scenario => Math.Min(scenario.Users, MostUsers))],
            FirstFailed = _thresholds.ToImmutable(),
        };

    // Only once: each snapshot may take the whole budget of memory.
    private void Work(ReadOnlySpan<byte> bytes) => _failed |= _work is not null || !SnapshotCodec.Decode(bytes).TryGet(out _work, out _);

    private void Drone(WireReader fields)
    {
        var (drone, started, finished, failed, dropped, missed, workingSet) = ("", 0L, 0L, 0L, 0L, 0L, 0L);
        var (cpu, gcPause, hasLateness, lateness, hasDelay, delay) = (0.0, 0L, false, 0.0, false, 0.0);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case StoredIntervalFields.OfDrone.Drone: drone = fields.Text(); break;
                case StoredIntervalFields.OfDrone.Started: started = fields.Count(MostCount); break;
                case StoredIntervalFields.OfDrone.Finished: finished = fields.Count(MostCount); break;
                case StoredIntervalFields.OfDrone.Failed: failed = fields.Count(MostCount); break;
                case StoredIntervalFields.OfDrone.Dropped: dropped = fields.Count(MostCount); break;
                case StoredIntervalFields.OfDrone.Missed: missed = fields.Count(MostCount); break;
                case StoredIntervalFields.OfDrone.Cpu: cpu = fields.Real(); break;
                case StoredIntervalFields.OfDrone.GcPause: gcPause = fields.Count(MostTicks); break;
                case StoredIntervalFields.OfDrone.WorkingSet: workingSet = fields.Count(MostCount); break;
                case StoredIntervalFields.OfDrone.HasLateness: hasLateness = fields.Count(1) == 1; break;
                case StoredIntervalFields.OfDrone.LatenessP99: lateness = fields.Real(); break;
                case StoredIntervalFields.OfDrone.HasSchedulingDelay: hasDelay = fields.Count(1) == 1; break;
                case StoredIntervalFields.OfDrone.SchedulingDelayP99: delay = fields.Real(); break;
            }
        }

        _failed |= fields.Failed || !double.IsFinite(cpu) || !double.IsFinite(lateness) || !double.IsFinite(delay);
        Add(
            new()
            {
                Drone = drone,
                Started = started,
                Finished = finished,
                Failed = failed,
                Dropped = dropped,
                Missed = missed,
                Cpu = cpu,
                GcPause = new(gcPause),
                WorkingSet = workingSet,
                LatenessP99 = hasLateness ? lateness : null,
                SchedulingDelayP99 = hasDelay ? delay : null,
            },
            _drones);
    }

    private void Failed(WireReader fields, TimeSpan at)
    {
        var (index, text, unit, reason, unknown, few) = (0, "", "", (string?)null, false, false);
        var (hasValue, value, limit, hasMargin, margin) = (false, 0.0, 0.0, false, 0.0);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case StoredIntervalFields.OfFailed.Index: index = (int)fields.Count(int.MaxValue); break;
                case StoredIntervalFields.OfFailed.Text: text = fields.Text(); break;
                case StoredIntervalFields.OfFailed.HasValue: hasValue = fields.Count(1) == 1; break;
                case StoredIntervalFields.OfFailed.Value: value = fields.Real(); break;
                case StoredIntervalFields.OfFailed.Limit: limit = fields.Real(); break;
                case StoredIntervalFields.OfFailed.Unit: unit = fields.Text(); break;
                case StoredIntervalFields.OfFailed.HasMargin: hasMargin = fields.Count(1) == 1; break;
                case StoredIntervalFields.OfFailed.Margin: margin = fields.Real(); break;
                case StoredIntervalFields.OfFailed.Reason: reason = fields.Text(); break;
                case StoredIntervalFields.OfFailed.Unknown: unknown = fields.Count(1) == 1; break;
                case StoredIntervalFields.OfFailed.Few: few = fields.Count(1) == 1; break;
            }
        }

        _failed |= fields.Failed || !double.IsFinite(value) || !double.IsFinite(limit) || !double.IsFinite(margin);
        Add(
            new(index, new()
            {
                Text = text,
                Passed = false,
                Value = hasValue ? value : null,
                Limit = limit,
                Unit = unit,
                Margin = hasMargin ? margin : null,
                Reason = reason,
                FirstFailedAt = at,
                Unknown = unknown,
                Few = few,
            }),
            _thresholds);
    }

    private void Delay(WireReader fields)
    {
        var (drone, incarnation) = ("", "");
        Histogram? delay = null;
        while (!_failed && fields.Next())
        {
            switch (fields.Field)
            {
                case StoredIntervalFields.OfDelay.Drone: drone = fields.Text(); break;
                case StoredIntervalFields.OfDelay.Incarnation: incarnation = fields.Text(); break;
                case StoredIntervalFields.OfDelay.Delay:
                    delay = HistogramWire.Read(new(fields.Bytes()), _budget);
                    _failed |= delay is null;
                    break;
            }
        }

        _failed |= fields.Failed;
        if (delay is not null)
        {
            Add(new(new(drone, incarnation), delay), _delays);
        }
    }

    private void Add<T>(T entry, ImmutableArray<T>.Builder entries)
    {
        _failed |= !_budget.Take(CostOfEntry);
        if (!_failed)
        {
            entries.Add(entry);
        }
    }
}
