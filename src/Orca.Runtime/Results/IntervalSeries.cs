namespace Orca.Results;

/// <summary>Cuts a run into intervals, each with the work that lies wholly inside it; what came too late for its own goes to one correction.</summary>
/// <remarks>
/// A boundary can be closed when every live member is settled there. Where a member's snapshots skipped it, the next boundary that all
/// have is taken, and the interval is wide. What is two intervals old is closed without those who are not there yet. A leader that
/// takes over a run sees nothing of what was before it but its sum, and so begins with one wide interval.
/// </remarks>
internal sealed class IntervalSeries(RunStarted started, IReadOnlyCollection<LedgerMember> members)
{
    private const int IntervalsWaited = 2;

    private readonly IntervalReduction _reduction = new(started);
    private readonly List<RunInterval> _closed = [];
    private readonly List<Stretch> _stretches = [];
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

    private TimeSpan Length => started.Interval;

    /// <summary>Closes the next interval if that can be done.</summary>
    public RunInterval? CloseNext(TimeSpan runTime)
    {
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
        return Close(FirstSettled(TimeSpan.Zero) is { } settled && settled + (Length / 2) < end ? settled : end);
    }

    /// <summary>What came after its interval had closed, as one last interval; null where nothing did.</summary>
    public RunInterval? CloseCorrection()
    {
        _stretches.Clear();
        foreach (var member in members)
        {
            member.TakeUpTo(ClosedTo, TimeSpan.MaxValue, _stretches);
        }

        _stretches.ForEach(Correct);
        if (_correction is not { IsEmpty: false } work)
        {
            return null;
        }

        var interval = _reduction.Reduce(
            new() { Number = _closed.Count, From = _correctionFrom, To = _correctionTo, Correction = true }, work, [], members);
        _closed.Add(interval with { Detail = null });
        return interval;
    }

    /// <summary>The first boundary after the closed ones at which all members are settled, but for those that have not got as far as <paramref name="reaching"/>.</summary>
    private TimeSpan? FirstSettled(TimeSpan reaching)
    {
        var reached = members.Count == 0 ? TimeSpan.Zero : members.Max(member => member.Reaches);
        for (var boundary = ClosedTo + Length; boundary <= reached; boundary += Length)
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

            member.TakeUpTo(from, to, _stretches);
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

        missing.Sort(StringComparer.Ordinal);
        var wide = to - from > 1.5 * Length;
        Missing += (wide ? (int)Math.Ceiling((to - from) / Length) - 1 : 0) + (missing.Count > 0 ? 1 : 0);
        var interval = _reduction.Reduce(
            new() { Number = _closed.Count, From = from, To = to, Wide = wide, Missing = [.. missing] }, work, _stretches, members);
        ClosedTo = to;
        ClosedWork.Add(work);
        _closed.Add(interval with { Detail = null, Thresholds = [] });
        return interval;
    }

    private void Correct(Stretch stretch)
    {
        _correction ??= new(started.Plan);
        _correction.Add(stretch.Earlier, stretch.Later);
        _correctionFrom = stretch.From < _correctionFrom ? stretch.From : _correctionFrom;
        _correctionTo = stretch.To > _correctionTo ? stretch.To : _correctionTo;
        stretch.Member.MissedOutOfTouch += stretch.Later.Scenarios.Sum(scenario => scenario.Measured.Missed)
            - (stretch.Earlier?.Scenarios.Sum(scenario => scenario.Measured.Missed) ?? 0);
    }
}
