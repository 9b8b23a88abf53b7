using System.Collections.Immutable;
using System.Globalization;
using Orca.Measurement;
using Orca.Plans;
using Orca.Results.Console;

namespace Orca.Results;

/// <summary>What all members of a run have measured: the newest snapshot of each incarnation, the intervals closed so far, the thresholds as they stand.</summary>
/// <remarks>One user at a time: the leader's loop.</remarks>
internal sealed class RunLedger
{
    private readonly RunStarted _started;
    private readonly Dictionary<MemberKey, LedgerMember> _members = [];
    private readonly List<RunEvent> _events = [];
    private readonly List<RunEvent> _found = [];
    private readonly Dictionary<Threshold, ThresholdResult> _broken = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Threshold, TimeSpan> _firstFailed = new(ReferenceEqualityComparer.Instance);
    private readonly ImmutableArray<PlannedLoad> _planned;
    private readonly IntervalSeries _series;

    public RunLedger(RunStarted started)
    {
        _started = started;
        _planned = PlannedLoad.Of(started.Plan);
        _series = new(started, _members.Values);
        foreach (var drone in started.Drones)
        {
            MemberOf(new(drone.Id, drone.Incarnation));
        }
    }

    /// <summary>The intervals closed so far.</summary>
    public IReadOnlyList<RunInterval> Intervals => _series.Closed;

    /// <summary>Takes over from leaders before: what they appended to the swarm's lists of intervals and events, in the lists' order. Called before anything else.</summary>
    /// <remarks>
    /// Then the newest snapshots are to be added before intervals are closed. The next interval to close is one wide one: all that the
    /// snapshots have and the restored intervals have not. What cannot be read is left out, and with it all intervals after it.
    /// </remarks>
    /// <param name="series">The list of intervals.</param>
    /// <param name="events">The list of events.</param>
    /// <param name="restored">Told of each interval, with all that was measured in it.</param>
    /// <returns>What could not be read.</returns>
    public IReadOnlyList<Problem> Restore(
        IReadOnlyList<ReadOnlyMemory<byte>> series, IReadOnlyList<ReadOnlyMemory<byte>> events, Action<RunInterval>? restored = null)
    {
        List<Problem> problems = [];
        _events.InsertRange(0, StoredSeries.Events(events, problems));
        foreach (var threshold in _started.Plan.Thresholds)
        {
            if (_events.Find(happened => IsFailureOf(threshold, happened))?.RunTime is { } at)
            {
                _firstFailed.TryAdd(threshold, at);
            }
        }

        foreach (var stored in StoredSeries.Intervals(series, problems))
        {
            if (_series.Restore(stored) is not { } interval)
            {
                problems.Add(new($"Interval {stored.Header.Number} of the leader with fencing number {stored.Header.Fencing} does not go with the plan and the intervals before it."));
                break;
            }

            restored?.Invoke(interval);
            foreach (var (member, delay) in stored.Interval.Detail!.DelaysAtWarmUp)
            {
                MemberOf(member).DelayAtWarmUp = delay;
            }

            foreach (var (index, result) in stored.FirstFailed)
            {
                if (index < _started.Plan.Thresholds.Length && _started.Plan.Thresholds[index] is var threshold && threshold.Text == result.Text)
                {
                    NoteFailure(threshold, result, stored.Header.To);
                }
            }
        }

        _series.Resume();
        return problems;
    }

    /// <summary>Takes a snapshot; false where a newer or equal one of that incarnation is here already.</summary>
    public bool Add(Snapshot snapshot) => MemberOf(new(snapshot.Header.Drone, snapshot.Header.Incarnation)).Add(snapshot);

    /// <summary>Notes an event for the report.</summary>
    public void Note(RunEvent happened) => _events.Add(happened);

    /// <summary>Events that the ledger itself found since it was last asked, for the sinks; they are noted already.</summary>
    public IReadOnlyList<RunEvent> TakeEvents()
    {
        RunEvent[] found = [.. _found];
        _found.Clear();
        return found;
    }

    /// <summary>Closes what intervals can be closed: those that every live member has passed, or that are two intervals old.</summary>
    public IReadOnlyList<RunInterval> CloseIntervals(IReadOnlyCollection<MemberKey> live, TimeSpan runTime)
    {
        foreach (var key in live)
        {
            MemberOf(key);
        }

        foreach (var member in _members.Values)
        {
            member.IsLive = live.Contains(member.Key);
        }

        List<RunInterval> closed = [];
        while (_series.CloseNext(runTime) is { } interval)
        {
            closed.Add(interval with { Thresholds = JudgeClosed() });
        }

        return closed;
    }

    /// <summary>Aborting thresholds that the closed intervals have broken.</summary>
    public IReadOnlyList<ThresholdResult> BrokenAbortingThresholds() =>
        [.. _started.Plan.Thresholds.Where(threshold => threshold.Abort && _broken.ContainsKey(threshold)).Select(threshold => _broken[threshold])];

    /// <summary>Closes all that is open and judges the run.</summary>
    public RunReport Complete(RunEnding ending)
    {
        foreach (var member in _members.Values)
        {
            member.IsLive = false;
        }

        if (ending.RunTime <= TimeSpan.Zero && _members.Values.All(member => member.Newest is null))
        {
            ending = ending with { Started = false };
        }

        var totals = new MeasuredWork(_started.Plan);
        var end = ending.Started ? ending.RunTime : TimeSpan.Zero;
        foreach (var member in _members.Values.Where(member => member.Newest is not null))
        {
            totals.Add(member.Newest!);
            end = member.Reaches > end ? member.Reaches : end;
        }

        List<RunInterval> last = [];
        while (_series.CloseRest(end) is { } interval)
        {
            last.Add(interval);
        }

        if (_series.CloseCorrection() is { } correction)
        {
            last.Add(correction);
        }

        // Removed or set back in the medium while nobody led: what an earlier leader has told of it stays told.
        if (_series.Unclaimed is { } unclaimed)
        {
            totals.Add(unclaimed);
            var iterations = unclaimed.Measured.Concat(unclaimed.WarmUp).Sum(set => set.Started);
            _events.Add(new(
                RunEventKind.Warning,
                ending.EndTime,
                string.Create(CultureInfo.InvariantCulture, $"{iterations:N0} iterations that an earlier leader had seen are in no drone's measurements any more: they count, but for no drone.")));
        }

        var ranks = _started.Drones.ToDictionary(drone => new MemberKey(drone.Id, drone.Incarnation), drone => drone.Rank);
        var members = _members.Values
            .OrderBy(member => ranks.GetValueOrDefault(member.Key, int.MaxValue)).ThenBy(member => member.Key.Drone, StringComparer.Ordinal)
            .ThenBy(member => member.Key.Incarnation, StringComparer.Ordinal).ToList();
        var outcome = new RunOutcome(_started, ending, totals, _planned, _series, members, _events);
        return ReportBuilder.Build(outcome, JudgeFinally(outcome), last);
    }

    private LedgerMember MemberOf(MemberKey key)
    {
        if (!_members.TryGetValue(key, out var member))
        {
            _members.Add(key, member = new(key, _started.Plan.WarmUp));
        }

        return member;
    }

    /// <summary>Judges all thresholds on the closed intervals, as far as a run that goes on can be judged.</summary>
    private ImmutableArray<ThresholdResult> JudgeClosed()
    {
        var at = _series.ClosedTo;
        if (_started.Plan.Thresholds.IsEmpty || at <= _started.Plan.WarmUp)
        {
            return [];
        }

        var work = new JudgedWork(_started.Plan, _planned, _series.ClosedWork.Measured, at);
        var results = ImmutableArray.CreateBuilder<ThresholdResult>(_started.Plan.Thresholds.Length);
        foreach (var threshold in _started.Plan.Thresholds)
        {
            var result = ThresholdJudge.Judge(threshold, work);
            if (at >= threshold.After && ThresholdJudge.IsBrokenEarly(threshold, result))
            {
                NoteFailure(threshold, result, at);
            }

            results.Add(WithHistory(threshold, result));
        }

        return results.MoveToImmutable();
    }

    private void NoteFailure(Threshold threshold, ThresholdResult result, TimeSpan at)
    {
        if (_firstFailed.TryAdd(threshold, at))
        {
            var happened = new RunEvent(RunEventKind.ThresholdFailed, _started.StartTime + at, $"{FailureOf(threshold)} {result.Reason}") { RunTime = at };
            Note(happened);
            _found.Add(happened);
        }

        if (threshold.Abort)
        {
            _broken.TryAdd(threshold, WithHistory(threshold, result));
        }
    }

    private static string FailureOf(Threshold threshold) => $"Threshold '{threshold.Text}' failed.";

    private static bool IsFailureOf(Threshold threshold, RunEvent happened) =>
        happened.Kind == RunEventKind.ThresholdFailed && happened.Text.StartsWith(FailureOf(threshold), StringComparison.Ordinal);

    private ThresholdResult WithHistory(Threshold threshold, ThresholdResult result) =>
        _firstFailed.TryGetValue(threshold, out var at) ? result with { FirstFailedAt = at } : result;

    /// <summary>Judges all thresholds on the whole run; one that ended it stays as it was then.</summary>
    private ImmutableArray<ThresholdResult> JudgeFinally(RunOutcome outcome)
    {
        if (!outcome.Ending.Started)
        {
            return [.. _started.Plan.Thresholds.Select(threshold =>
                ThresholdJudge.Judge(threshold, outcome.Judged) with { Reason = "The load never began." })];
        }

        return
        [
            .. _started.Plan.Thresholds.Select(threshold =>
                outcome.Ending.AbortedByThreshold && _broken.TryGetValue(threshold, out var broken)
                    ? broken with { EndedRun = true, Reason = $"{broken.Reason} It ended the run after {Figures.Clock(broken.FirstFailedAt ?? TimeSpan.Zero)}." }
                    : WithHistory(threshold, ThresholdJudge.Judge(threshold, outcome.Judged))),
        ];
    }
}
