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
    LeaderLease lease,
    LeaderDocument document,
    LeaderJournal journal,
    RunLedger ledger,
    Wake wake,
    long start)
{
    private readonly HashSet<string> _heeded = new(StringComparer.Ordinal);
    private TimeSpan _answered;
    private TimeSpan _backSince;

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
            await lease.AwaitAsync(ct);
            if (await members.ReadAsync(ct) is not null)
            {
                NoteThatItAnswered();
                await SeeWhoIsLostAsync(ct);
            }

            await TakeSnapshotsAsync(ct);
            await CloseIntervalsAsync(ct);
            await HeedAsync(stop(), ct);
            await EndWhenDoneAsync(ct);
            await EnterDrainingAsync(ct);
            if ((Unfinished().Count == 0 && !AwaitsWhoLeft()) || IsPastAllPatience)
            {
                break;
            }

            await wake.WaitAsync(period, ct);
        }

        var ended = Document.Ended;
        return new RunEnding
        {
            EndTime = options.Clock.GetUtcNow(),
            RunTime = LoadEnd,
            IsDone = ended?.IsDone ?? false,
            Aborted = ended is { ByThreshold: false, IsDone: false } ? new Problem(ended.Reason) : null,
            Interrupted = ended?.Interrupted ?? false,
            AbortedByThreshold = ended?.ByThreshold ?? false,
            Unfinished = [.. Unfinished().Select(member => member.Key)],
        };
    }

    private TimeSpan LoadEnd => Document.Ended is { } ended ? TimeSpan.FromMilliseconds(ended.AtMs) : Plan.Duration;

    // Running iterations have their grace, then the tests' tear-down has as long. Time that the leader was cut off or frozen is nobody's fault.
    private TimeSpan Deadline => (LoadEnd + (Plan.Grace * 2) > _backSince ? LoadEnd + (Plan.Grace * 2) : _backSince) + RunTimings.FinalWait;

    private bool IsPastAllPatience => RunTime - _answered <= RunTimings.SeenWithin && RunTime >= Deadline;

    private void NoteThatItAnswered()
    {
        var now = RunTime;
        if (now - _answered > RunTimings.SeenWithin)
        {
            _backSince = now;
            journal.Note(RunEventKind.Warning, $"The leader had no answer from the swarm from run time {_answered.TotalSeconds:0.0} s to {now.TotalSeconds:0.0} s.");
        }

        _answered = now;
    }

    private List<LeaderMember> Unfinished() =>
        [.. Active.Select(entry => members.Find(entry.Member)).OfType<LeaderMember>().Where(member => !member.Final)];

    private bool IsLeaving(LeaderMember member) => member.Record.Leaves && Document.Ended is null && RunTime < LoadEnd;

    // Who has left in good order still has its final snapshot to put.
    private bool AwaitsWhoLeft() => Document.Roster
        .Where(entry => entry.State == RosterState.Lost)
        .Select(entry => members.Find(entry.Member))
        .Any(member => member is { Record.Leaves: true, Final: false } && members.SeenWithin(member, RunTimings.LostAfter));

    private async Task SeeWhoIsLostAsync(CancellationToken ct)
    {
        var lost = Active.Select(entry => members.Find(entry.Member)).OfType<LeaderMember>()
            .Where(member => IsLeaving(member) || (!member.Final && (HasFailed(member) || member.IsReplaced || !members.SeenWithin(member, RunTimings.LostAfter))))
            .ToList();
        if (lost.Count == 0)
        {
            return;
        }

        var fields = lost.Select(member => member.Field).ToHashSet(StringComparer.Ordinal);
        var left = Active.Where(entry => !fields.Contains(entry.Member)).ToList();
        var (shares, claims) = left.Count > 0 && Plan.OnDroneLost == LostDronePolicy.Redistribute ? Redeal(lost, fields, left) : (Document.Shares, Document.LostClaims);

        // Whoever comes back in the last moment keeps its place: it holds the right to load again.
        var declared = await document.ChangeAsync(
            changed => changed with
            {
                Shares = shares,
                LostClaims = claims,
                Roster = [.. changed.Roster.Select(entry => fields.Contains(entry.Member) ? entry with { State = RosterState.Lost } : entry)],
            },
            [.. lost.Where(member => !member.Record.Leaves).Select(member => new SilentMember(member.Field, member.Heartbeat))],
            ct);
        if (!declared)
        {
            return;
        }

        foreach (var member in lost.Where(member => member.Record.Leaves))
        {
            LeaderLog.Left(options.Logger, options.RunId, member.Record.Drone);
            journal.Note(RunEventKind.DroneLost, $"{member.Record.Drone} leaves: it was asked to stop.", member.Record.Drone);
        }

        foreach (var member in lost.Where(member => !member.Record.Leaves))
        {
            LeaderLog.Lost(options.Logger, options.RunId, member.Record.Drone, options.Clock.GetElapsedTime(member.Seen).TotalSeconds);
            journal.Note(RunEventKind.DroneLost, $"{member.Record.Drone} {Fate(member)}.", member.Record.Drone);
        }

        if (shares.Length > 0 && shares[^1].Epoch > 0 && left.Count > 0 && Plan.OnDroneLost == LostDronePolicy.Redistribute)
        {
            journal.Note(RunEventKind.EpochChanged, $"The lost slots go to {left.Count} drones from run time {shares[^1].FromMs / 1000:0.0} s on (epoch {shares[^1].Epoch}).");
        }

        if (left.Count == 0 || Plan.OnDroneLost == LostDronePolicy.Abort)
        {
            var fate = $"{lost[0].Record.Drone} {Fate(lost[0])}";
            await EndEarlyAsync(left.Count == 0 ? $"Every drone is lost: {fate}." : $"{fate}, and the plan says onDroneLost: abort.", ct);
        }
    }

    // Its test's process broke down. Nothing loads there any more, and the drone itself is well.
    private static bool HasFailed(LeaderMember member) => member.Record.State == MemberState.Failed;

    private static string Fate(LeaderMember member) =>
        HasFailed(member) ? $"failed: {member.Record.Reason?.TrimEnd('.')}" : member.IsReplaced ? "was restarted" : "is lost";

    // Only the lost slots are dealt out: nobody else's users move. They take effect when the lost right to load is surely over.
    private (ImmutableArray<ShareEntry> Shares, ImmutableArray<ClaimEntry> LostClaims) Redeal(List<LeaderMember> lost, HashSet<string> fields, List<RosterEntry> left)
    {
        var newest = Document.Shares.GroupBy(entry => entry.Member).ToDictionary(group => group.Key, group => SlotSet.Parse(group.Last().Slots));
        var slots = lost.Select(member => newest[member.Field]).Aggregate((all, more) => all.Union(more));
        var epoch = Document.Shares.Max(entry => entry.Epoch) + 1;

        // Who leaves, or whose worker has failed, has stopped by itself.
        var rightIsOver = lost.Where(member => !HasFailed(member) && !member.Record.Leaves)
            .Select(RightIsOverAt)
            .DefaultIfEmpty(RunTime)
            .Max();
        var from = (RunTime > rightIsOver ? RunTime : rightIsOver) + RunTimings.RedealDelay;
        var parts = slots.Deal(left.Count);
        return (
            [
                .. Document.Shares,
                .. left.Select((entry, i) => new ShareEntry(entry.Member, epoch, Math.Max(0, from.TotalMilliseconds), newest[entry.Member].Union(parts[i]).ToString())),
            ],
            [.. Document.LostClaims, .. LostClaims.Of(lost, member => newest[member.Field], Plan, from)]);
    }

    // Where somebody has put an older heartbeat in the place of newer ones, what was seen says nothing: the right ends once the loss is known.
    private TimeSpan RightIsOverAt(LeaderMember member) =>
        (member.HeartbeatIsNewest ? options.Clock.GetElapsedTime(start, member.Seen) : RunTime) + RunTimings.LostAfter;

    private async Task TakeSnapshotsAsync(CancellationToken ct)
    {
        var reply = await options.Medium.ReadHashAsync(keys.Snapshots, ct);
        if (!reply.Answered(out var fields))
        {
            return;
        }

        foreach (var entry in Document.Roster)
        {
            if (members.Find(entry.Member) is not { } member
                || !fields.TryGetValue(entry.Member, out var bytes)
                || !SnapshotCodec.DecodeHeader(bytes.Span).TryGet(out var header, out _)
                || (member.Snapshot is { } newest && header.Sequence <= newest.Sequence))
            {
                continue;
            }

            member.Snapshot = (header.Sequence, bytes);
            if (!SnapshotCodec.Decode(bytes.Span).TryGet(out var snapshot, out var problems))
            {
                LeaderLog.SnapshotRefused(options.Logger, options.RunId, entry.Member, problems[0]);
                continue;
            }

            ledger.Add(snapshot);
            member.Final = header.Final;
        }
    }

    private async Task CloseIntervalsAsync(CancellationToken ct)
    {
        foreach (var interval in ledger.CloseIntervals([.. Active.Select(entry => new MemberKey(entry.Drone, entry.Incarnation))], RunTime))
        {
            journal.Close(interval);
        }

        foreach (var happened in ledger.TakeEvents())
        {
            journal.Tell(happened);
        }

        if (Document.Ended is null && ledger.BrokenAbortingThresholds() is [var broken, ..])
        {
            await EndEarlyAsync($"{broken.Text} failed and ends the load.", ct, byThreshold: true);
        }
    }

    private async Task HeedAsync(StopRequest? stop, CancellationToken ct)
    {
        if ((stop ?? await ReadRequestAsync(ct)) is { } asked && Document.Ended is null)
        {
            journal.Note(RunEventKind.StopRequested, asked.Reason);
            await EndEarlyAsync($"The run was stopped: {asked.Reason}", ct, interrupted: asked.Interrupted);
        }
    }

    // Iterations stages may be done before their time. Every member must have said so of the newest shares.
    private async Task EndWhenDoneAsync(CancellationToken ct)
    {
        if (Document is { Phase: RunPhase.Running, Ended: null } && RunTime < Plan.Duration
            && Active.All(entry => members.Find(entry.Member) is { } member && (member.Final || member.SaysDoneAt(Document.DocumentVersion))))
        {
            journal.Note(RunEventKind.Phase, "All iterations are done.");
            LeaderLog.Done(options.Logger, options.RunId, RunTime.TotalSeconds);
            await EndAsync(new(RunTime.TotalMilliseconds, "All iterations are done.", ByThreshold: false, Interrupted: false, IsDone: true), ct);
        }
    }

    private async Task EndEarlyAsync(string reason, CancellationToken ct, bool byThreshold = false, bool interrupted = false)
    {
        LeaderLog.CutShort(options.Logger, options.RunId, reason);
        await EndAsync(new(Math.Clamp(RunTime.TotalMilliseconds, 0, Plan.Duration.TotalMilliseconds), reason, byThreshold, interrupted, IsDone: false), ct);
    }

    private Task EndAsync(EarlyEnd end, CancellationToken ct) =>
        document.ChangeAsync(changed => changed with { Phase = RunPhase.Draining, Ended = changed.Ended ?? end }, ct);

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
        if (!(await options.Medium.ReadListAsync(keys.Requests, 0, ct)).Answered(out var requests))
        {
            return null;
        }

        return requests
            .Select(json => SwarmJson.Read<RunRequestRecord>(json, RunRequestRecord.TypeName).TryGet(out var request, out _) ? request : null)
            .OfType<RunRequestRecord>()
            .Where(request => request.Run == options.RunId && request.Action == RunRequestRecord.Stop && _heeded.Add(request.Id))
            .Select(request => new StopRequest(request.By, Interrupted: false))
            .FirstOrDefault();
    }
}
