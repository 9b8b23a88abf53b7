using System.Collections.Immutable;
using Orca.Measurement;
using Orca.Plans;
using Orca.Results;
using Orca.Swarm;
using Orca.Swarm.Documents;

namespace Orca.Runs;

/// <summary>What a leader does while the load runs and drains: takes snapshots, closes intervals, sees who is lost, heeds thresholds and requests.</summary>
internal sealed class LeaderWatch(
    LeaderOptions options,
    PreparedRun prepared,
    RunKeys keys,
    LeaderMembers members,
    LeaderDocument document,
    LeaderJournal journal,
    RunSinks sinks,
    RunLedger ledger,
    Wake wake,
    long start)
{
    private readonly Dictionary<string, long> _sequences = new(StringComparer.Ordinal);
    private TimeSpan? _cutShortAt;
    private Problem? _aborted;
    private bool _interrupted;
    private bool _brokenThreshold;
    private int _requests;

    private RunPlan Plan => prepared.Plan;

    private RunDocument Document => document.Current;

    private TimeSpan RunTime => options.Clock.GetElapsedTime(start);

    private IEnumerable<RosterEntry> Active => Document.Roster.Where(entry => entry.State == RosterState.Active);

    /// <summary>Ends when every member that is left has put its final snapshot, or is past all patience.</summary>
    public async Task<RunEnding> RunAsync(Func<StopRequest?> stop, CancellationToken ct)
    {
        // Twice an interval: what the drones put is seen soon, and a closed interval is not long in coming.
        var period = TimeSpan.FromTicks(Math.Clamp(Plan.Interval.Ticks / 2, TimeSpan.FromMilliseconds(100).Ticks, RunTimings.Poll.Ticks));
        while (true)
        {
            if (await members.ReadAsync(ct) is not null)
            {
                await SeeWhoIsLostAsync(ct);
            }

            await TakeSnapshotsAsync(ct);
            CloseIntervals();
            await HeedAsync(stop() ?? await ReadRequestAsync(ct), ct);
            await EnterDrainingAsync(ct);
            if (Unfinished().Count == 0 || RunTime >= Deadline)
            {
                break;
            }

            await wake.WaitAsync(period, ct);
        }

        return new RunEnding
        {
            EndTime = options.Clock.GetUtcNow(),
            RunTime = _cutShortAt ?? Plan.Duration,
            Aborted = _aborted,
            Interrupted = _interrupted,
            AbortedByThreshold = _brokenThreshold,
            Unfinished = [.. Unfinished().Select(member => member.Key)],
        };
    }

    // Running iterations have their grace, then the tests' tear-down has as long.
    private TimeSpan Deadline => (_cutShortAt ?? Plan.Duration) + (Plan.Grace * 2) + RunTimings.FinalWait;

    private List<LeaderMember> Unfinished() =>
        [.. Active.Select(entry => members.Find(entry.Member)!).Where(member => !member.Final)];

    private async Task SeeWhoIsLostAsync(CancellationToken ct)
    {
        var lost = Unfinished().Where(member => !members.SeenWithin(member, RunTimings.LostAfter)).ToList();
        if (lost.Count == 0)
        {
            return;
        }

        foreach (var member in lost)
        {
            LeaderLog.Lost(options.Logger, options.RunId, member.Record.Drone, options.Clock.GetElapsedTime(member.Seen).TotalSeconds);
            journal.Note(RunEventKind.DroneLost, $"{member.Record.Drone} is lost.", member.Record.Drone);
        }

        var fields = lost.Select(member => member.Field).ToHashSet(StringComparer.Ordinal);
        var left = Active.Where(entry => !fields.Contains(entry.Member)).ToList();
        var shares = left.Count > 0 && Plan.OnDroneLost == LostDronePolicy.Redistribute ? Redeal(fields, left) : Document.Shares;
        if (shares.Length > Document.Shares.Length)
        {
            journal.Note(RunEventKind.EpochChanged, $"Its slots go to {left.Count} drones, epoch {shares[^1].Epoch}.");
        }

        await document.ChangeAsync(
            changed => changed with
            {
                Shares = shares,
                Roster = [.. changed.Roster.Select(entry => fields.Contains(entry.Member) ? entry with { State = RosterState.Lost } : entry)],
            },
            ct);
        if (left.Count == 0 || Plan.OnDroneLost == LostDronePolicy.Abort)
        {
            CutShort(new Problem(left.Count == 0 ? "Every drone is lost." : $"{lost[0].Record.Drone} is lost, and the plan says onDroneLost: abort."));
        }
    }

    // Only the lost slots are dealt out: nobody else's users move.
    private ImmutableArray<ShareEntry> Redeal(HashSet<string> lost, List<RosterEntry> left)
    {
        var newest = Document.Shares.GroupBy(entry => entry.Member).ToDictionary(group => group.Key, group => group.Last());
        var slots = newest.Values.Where(entry => lost.Contains(entry.Member)).Select(entry => SlotSet.Parse(entry.Slots)).Aggregate((all, more) => all.Union(more));
        var epoch = Document.Shares.Max(entry => entry.Epoch) + 1;
        var from = RunTime + RunTimings.RedealDelay;
        var parts = slots.Deal(left.Count);
        return
        [
            .. Document.Shares,
            .. left.Select((entry, i) => new ShareEntry(
                entry.Member, epoch, Math.Max(0, from.TotalMilliseconds), SlotSet.Parse(newest[entry.Member].Slots).Union(parts[i]).ToString())),
        ];
    }

    private async Task TakeSnapshotsAsync(CancellationToken ct)
    {
        var reply = await options.Medium.ReadHashAsync(keys.Snapshots, ct);
        if (!reply.Answered(out var fields))
        {
            return;
        }

        foreach (var entry in Document.Roster)
        {
            if (!fields.TryGetValue(entry.Member, out var bytes)
                || !SnapshotCodec.DecodeHeader(bytes.Span).TryGet(out var header, out _)
                || header.Sequence <= _sequences.GetValueOrDefault(entry.Member))
            {
                continue;
            }

            _sequences[entry.Member] = header.Sequence;
            if (!SnapshotCodec.Decode(bytes.Span).TryGet(out var snapshot, out var problems))
            {
                LeaderLog.SnapshotRefused(options.Logger, options.RunId, entry.Member, problems[0]);
                continue;
            }

            ledger.Add(snapshot);
            members.Find(entry.Member)!.Final = header.Final;
        }
    }

    private void CloseIntervals()
    {
        foreach (var interval in ledger.CloseIntervals([.. Active.Select(entry => members.Find(entry.Member)!.Key)], RunTime))
        {
            sinks.Interval(interval);
        }

        foreach (var happened in ledger.TakeEvents())
        {
            sinks.Event(happened);
        }

        if (_cutShortAt is null && ledger.BrokenAbortingThresholds() is [var broken, ..])
        {
            _brokenThreshold = true;
            journal.Note(RunEventKind.ThresholdFailed, $"{broken.Text} failed and ends the load.");
            CutShort(null, broken.Text);
        }
    }

    private async Task HeedAsync(StopRequest? stop, CancellationToken ct)
    {
        if (stop is not null && _cutShortAt is null)
        {
            _interrupted = stop.Interrupted;
            journal.Note(RunEventKind.StopRequested, stop.Reason);
            CutShort(new Problem($"The run was stopped: {stop.Reason}"));
        }

        if (_cutShortAt is not null && Document.Phase == RunPhase.Running)
        {
            await document.ChangeAsync(changed => changed with { Phase = RunPhase.Draining, Reason = _aborted?.What ?? "an aborting threshold failed" }, ct);
        }
    }

    private void CutShort(Problem? aborted, string? threshold = null)
    {
        var now = RunTime;
        _cutShortAt ??= now < TimeSpan.Zero ? TimeSpan.Zero : now < Plan.Duration ? now : Plan.Duration;
        _aborted ??= aborted;
        LeaderLog.CutShort(options.Logger, options.RunId, aborted?.What ?? threshold ?? "");
    }

    // Past the last stage the drones drain by themselves; the phase is for whoever watches.
    private async Task EnterDrainingAsync(CancellationToken ct)
    {
        if (Document.Phase == RunPhase.Running && RunTime >= Plan.Duration)
        {
            await document.ChangeAsync(changed => changed with { Phase = RunPhase.Draining }, ct);
            journal.Note(RunEventKind.Phase, "The last stage is over; running iterations end.");
        }
    }

    private async Task<StopRequest?> ReadRequestAsync(CancellationToken ct)
    {
        var reply = await options.Medium.ReadListAsync(keys.Requests, _requests, ct);
        if (!reply.Answered(out var requests))
        {
            return null;
        }

        _requests += requests.Count;
        foreach (var json in requests)
        {
            if (SwarmJson.Read<RunRequestRecord>(json, RunRequestRecord.TypeName).TryGet(out var request, out _)
                && request is { Action: RunRequestRecord.Stop }
                && request.Run == options.RunId)
            {
                return new(request.By, Interrupted: false);
            }
        }

        return null;
    }
}
