using System.Collections.Immutable;

namespace Orca.Results;

/// <summary>Cuts a run into intervals, each with the work that lies wholly inside it; what came too late for its own goes to one correction.</summary>
/// <remarks>
/// A boundary can be closed when every live member is settled there. Where a member's snapshots skipped it, the next boundary that all
/// have is taken, and the interval is wide. What is two intervals old is closed without those who are not there yet. A leader that
/// takes over a run sees nothing of what was before it but its sum and the intervals closed before, and so begins with one wide
/// interval: what the sum has and they have not.
/// </remarks>
internal sealed class IntervalSeries(RunStarted started, IReadOnlyCollection<LedgerMember> members)
{
    private const int IntervalsWaited = 2;

    private readonly IntervalReduction _reduction = new(started);
    private readonly List<RunInterval> _closed = [];
    private readonly List<Stretch> _stretches = [];
    private RestoredWork? _restored;
    private bool _resuming;
    private MeasuredWork? _correction;
    private TimeSpan _correctionFrom = TimeSpan.MaxValue;
    private TimeSpan _correctionTo;

    /// <summary>The closed intervals, without their details.</summary>
    public IReadOnlyList<RunInterval> Closed => _closed;

    public TimeSpan ClosedTo { get; private set; }

    /// <summary>Boundaries that have no interval of their own, and intervals closed without a drone.</summary>
    public int Missing { get; private set; }

    /// <summary>The work of all closed intervals, the correction left out.</summary>
    public MeasuredWork ClosedWork { get; } = new(started.Plan);

    /// <summary>What restored intervals hold and no member's snapshots do, once the run is closed; null where there is nothing.</summary>
    public MeasuredWork? Unclaimed => _restored?.Owed is { IsEmpty: false } owed ? owed : null;

    private TimeSpan Length => started.Interval;

    /// <summary>Where the work of the next interval begins: after a restore a member's first stretch begins with the run, whatever is closed.</summary>
    private TimeSpan TakenFrom => _resuming ? TimeSpan.Zero : ClosedTo;

    /// <summary>Takes in the next interval that an earlier leader closed, and gives it as it was then; null where it is not the next, or is none of this plan's.</summary>
    public RunInterval? Restore(StoredInterval stored)
    {
        var interval = stored.Interval;
        if (interval.Number != _closed.Count
            || (!interval.Correction && (interval.From != ClosedTo || interval.To <= interval.From))
            || !stored.Scenarios.SequenceEqual(started.Plan.Scenarios.Select(scenario => scenario.Name), StringComparer.Ordinal)
            || interval.Detail is not { } detail
            || detail.Measured.Concat(detail.WarmUp).Any(set => set.Precision != started.Plan.Precision))
        {
            return null;
        }

        var work = new MeasuredWork(started.Plan, detail.Measured, detail.WarmUp);
        RunInterval restored;
        try
        {
            restored = _reduction.Reduce(interval, work, stored.Users);
            _closed.Add(restored with { Detail = null });
        }
        catch (OverflowException)
        {
            // Figures that no run can have: whoever wrote this was no leader.
            return null;
        }

        (_restored ??= new(started.Plan)).Add(interval, work);
        if (!interval.Correction)
        {
            NoteClosed(interval, work);
        }

        return restored;
    }

    /// <summary>Has the next interval hold all that snapshots have and restored intervals have not.</summary>
    public void Resume() => _resuming = true;

    /// <summary>Closes the next interval if that can be done.</summary>
    public RunInterval? CloseNext(TimeSpan runTime)
    {
        if (_resuming)
        {
            return CloseFirst(runTime);
        }

        if (FirstSettled(TimeSpan.Zero) is { } settled)
        {
            return Close(settled);
        }

        var due = ClosedTo + Length;

        // Else without those who are too slow; and where the others skipped boundaries, each its own, at the first that any of them has.
        var next = FirstSettled(due) ?? FirstReported(due) ?? due;
        return runTime < next + (IntervalsWaited * Length) ? null : Close(next);
    }

    /// <summary>Closes the next interval of a run that is over, its members no longer live: nothing more will come.</summary>
    public RunInterval? CloseRest(TimeSpan end)
    {
        if (ClosedTo >= end)
        {
            return null;
        }

        // What is left past the last boundary is no interval worth its own line in a chart, unless it is a good part of one.
        return Close(FirstSettled(TimeSpan.Zero, _resuming ? FirstKnown() : null) is { } settled && settled + (Length / 2) < end ? settled : end);
    }

    /// <summary>What came after its interval had closed, as one last interval; null where nothing did.</summary>
    public RunInterval? CloseCorrection()
    {
        _stretches.Clear();
        foreach (var member in members)
        {
            member.TakeUpTo(TakenFrom, TimeSpan.MaxValue, _stretches);
        }

        _stretches.ForEach(Correct);
        var work = _correction is { } late && _restored is not null ? _restored.TakeOff(late) : _correction;
        if (work is not { IsEmpty: false })
        {
            return null;
        }

        var interval = _reduction.Reduce(
            new() { Number = _closed.Count, From = _correctionFrom, To = _correctionTo, Correction = true }, work, _reduction.UsersNow(work, members));
        _closed.Add(interval with { Detail = null });
        return interval;
    }

    /// <summary>Closes the first interval after a restore, which every member that has ever reported is in: it is settled up to what each reported first.</summary>
    private RunInterval? CloseFirst(TimeSpan runTime)
    {
        if (FirstKnown() is not { } known)
        {
            return null;
        }

        if (FirstSettled(TimeSpan.Zero, known) is { } settled)
        {
            return Close(settled);
        }

        // Else, as ever, without those who are too slow: one interval up to what is old by now.
        var old = ClosedTo + (Math.Floor((runTime - (IntervalsWaited * Length) - ClosedTo) / Length) * Length);
        return old < known ? null : Close(old);
    }

    /// <summary>The first boundary after the closed ones up to which something is known of every member that has reported; null where none has.</summary>
    private TimeSpan? FirstKnown()
    {
        TimeSpan? last = null;
        foreach (var member in members)
        {
            if (member.FirstFrom(TimeSpan.Zero) is { } at && (last is null || at > last))
            {
                last = at;
            }
        }

        return last is { } found ? ClosedTo + (Math.Max(1, Math.Ceiling((found - ClosedTo) / Length)) * Length) : null;
    }

    /// <summary>The first boundary after the closed ones, or from another one on, at which all members are settled, but for those that have not got as far as <paramref name="reaching"/>.</summary>
    private TimeSpan? FirstSettled(TimeSpan reaching, TimeSpan? from = null)
    {
        var reached = members.Count == 0 ? TimeSpan.Zero : members.Max(member => member.Reaches);
        for (var boundary = from ?? (ClosedTo + Length); boundary <= reached; boundary += Length)
        {
            if (members.All(member => member.Reaches < reaching || member.IsSettledAt(boundary)))
            {
                return boundary;
            }
        }

        return null;
    }

    /// <summary>The first boundary from <paramref name="due"/> on that any member reported; null while there is none.</summary>
    private TimeSpan? FirstReported(TimeSpan due)
    {
        TimeSpan? first = null;
        foreach (var member in members)
        {
            if (member.FirstFrom(due) is { } at && (first is null || at < first))
            {
                first = at;
            }
        }

        return first is { } found ? ClosedTo + (Math.Ceiling((found - ClosedTo) / Length) * Length) : null;
    }

    private RunInterval Close(TimeSpan to)
    {
        var from = ClosedTo;
        List<string> missing = [];
        _stretches.Clear();
        foreach (var member in members)
        {
            if (member.IsLive && !member.IsSettledAt(to))
            {
                missing.Add(member.Key.Drone);
            }

            member.TakeUpTo(TakenFrom, to, _stretches);
        }

        var work = new MeasuredWork(started.Plan);
        foreach (var stretch in _stretches)
        {
            if (stretch.Late)
            {
                Correct(stretch);
            }
            else
            {
                work.Add(stretch.Earlier, stretch.Later);
            }
        }

        var drones = _stretches.Where(stretch => !stretch.Late).Select(DroneOf).ToImmutableArray();
        if (_resuming && _restored is not null)
        {
            work = _restored.TakeOff(work);
        }

        missing.Sort(StringComparer.Ordinal);
        var interval = _reduction.Reduce(
            new()
            {
                Number = _closed.Count,
                From = from,
                To = to,
                Wide = to - from > 1.5 * Length || (_resuming && _restored is not null),
                Missing = [.. missing],
                Drones = drones,
            },
            work,
            _reduction.UsersNow(work, members));
        _resuming = false;
        NoteClosed(interval, work);
        _closed.Add(interval with { Detail = null, Thresholds = [] });
        return from < started.Plan.WarmUp && to >= started.Plan.WarmUp ? interval with { Detail = interval.Detail! with { DelaysAtWarmUp = DelaysAtWarmUp() } } : interval;
    }

    private void NoteClosed(RunInterval interval, MeasuredWork work)
    {
        var length = interval.To - interval.From;
        Missing += (interval.Wide ? (int)Math.Ceiling(length / Length) - 1 : 0) + (interval.Missing.IsEmpty ? 0 : 1);
        ClosedTo = interval.To;
        ClosedWork.Add(work);
    }

    private DroneFigures DroneOf(Stretch stretch)
    {
        var figures = _reduction.DroneOf(stretch);
        return _resuming && _restored is not null ? _restored.TakeOff(figures, stretch.Later.Health.Elapsed) : figures;
    }

    private ImmutableArray<MemberDelay> DelaysAtWarmUp() =>
        [.. members.Where(member => member.DelayAtWarmUp is not null).Select(member => new MemberDelay(member.Key, member.DelayAtWarmUp!))];

    private void Correct(Stretch stretch)
    {
        _correction ??= new(started.Plan);
        _correction.Add(stretch.Earlier, stretch.Later);
        _correctionFrom = stretch.From < _correctionFrom ? stretch.From : _correctionFrom;
        _correctionTo = stretch.To > _correctionTo ? stretch.To : _correctionTo;
        if (_resuming)
        {
            return;
        }

        stretch.Member.MissedOutOfTouch += stretch.Later.Scenarios.Sum(scenario => scenario.Measured.Missed)
            - (stretch.Earlier?.Scenarios.Sum(scenario => scenario.Measured.Missed) ?? 0);
    }
}
