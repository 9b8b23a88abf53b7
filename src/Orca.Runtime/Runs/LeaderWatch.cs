using Orca.Measurement;
using Orca.Plans;
using Orca.Results;
using Orca.Swarm;
using Orca.Swarm.Documents;

namespace Orca.Runs;

/// <summary>What a leader does while the load runs and drains: takes snapshots, closes intervals, sees who is lost, heeds thresholds and requests.</summary>
internal sealed class LeaderWatch(LedRun run, RunLedger ledger, long start)
{
    private readonly LeaderLosses _losses = new(run, start);
    private TimeSpan _answered;
    private TimeSpan _away;
    private long _putBack;

    private RunPlan Plan => run.Plan;

    private RunDocument Document => run.Document;

    private LeaderMembers Members => run.Members;

    private TimeSpan RunTime => run.Clock.GetElapsedTime(start);

    /// <summary>Ends when every member that is left has put its final snapshot, or is past all patience.</summary>
    public async Task<RunEnding> RunAsync(CancellationToken ct)
    {
        // Twice an interval: what the drones put is seen soon, and a closed interval is not long in coming.
        var period = TimeSpan.FromTicks(Math.Clamp(Plan.Interval.Ticks / 2, TimeSpan.FromMilliseconds(100).Ticks, RunTimings.Poll.Ticks));
        while (true)
        {
            await run.Lease.AwaitAsync(ct);
            if (await Members.ReadAsync(ct) is not null)
            {
                NoteThatItAnswered();
                if (await _losses.SeeAsync(ct) is { } end)
                {
                    await EndEarlyAsync(end, ct);
                }
            }

            var stop = run.Requests.ReadAsync(ct).AsTask();
            await TakeSnapshotsAsync(ct);
            await CloseIntervalsAsync(ct);
            await HeedAsync(await stop, ct);
            await EndWhenDoneAsync(ct);
            await EnterDrainingAsync(ct);
            if ((Unfinished().Count == 0 && !AwaitsWhoLeft()) || IsPastAllPatience)
            {
                break;
            }

            await run.Wake.WaitAsync(period, ct);
        }

        var ended = Document.Ended;
        return new RunEnding
        {
            EndTime = run.Clock.GetUtcNow(),
            RunTime = LoadEnd,
            IsDone = ended?.IsDone ?? false,
            Aborted = ended is { ByThreshold: false, IsDone: false } ? new Problem(ended.Reason) : null,
            Interrupted = ended?.Interrupted ?? false,
            AbortedByThreshold = ended?.ByThreshold ?? false,
            Unfinished = UnfinishedKeys(),
        };
    }

    /// <summary>Takes what was put since the watch was over: its member takes the run's completion for an acknowledgement.</summary>
    public async Task<RunEnding> TakeLateAsync(RunEnding ending, CancellationToken ct)
    {
        await TakeSnapshotsAsync(ct);
        return ending with { Unfinished = UnfinishedKeys() };
    }

    private TimeSpan LoadEnd => Document.Ended is { } ended ? TimeSpan.FromMilliseconds(ended.AtMs) : Plan.Duration;

    // Running iterations have their grace, then the tests' tear-down has as long. Time that the leader was cut off or frozen is nobody's fault.
    private bool IsPastAllPatience =>
        RunTime - _answered <= RunTimings.CutOffAfter && RunTime >= LoadEnd + (Plan.Grace * 2) + RunTimings.FinalWait + _away;

    private void NoteThatItAnswered()
    {
        var (now, since) = (RunTime, _answered > LoadEnd ? _answered : LoadEnd);
        if (now - _answered > RunTimings.CutOffAfter)
        {
            _away += now > since ? now - since : TimeSpan.Zero;
            run.Journal.Note(RunEventKind.Warning, $"The leader had no answer from the swarm from run time {_answered.TotalSeconds:0.0} s to {now.TotalSeconds:0.0} s.");
        }

        _answered = now;
    }

    private List<LeaderMember> Unfinished() =>
        [.. run.Active.Select(entry => Members.Find(entry.Member)).OfType<LeaderMember>().Where(member => !member.Final)];

    private MemberKey[] UnfinishedKeys() => [.. Unfinished().Select(member => member.Key)];

    // Who has left in good order still has its final snapshot to put.
    private bool AwaitsWhoLeft() => Document.Roster
        .Where(entry => entry.State == RosterState.Lost)
        .Select(entry => Members.Find(entry.Member))
        .Any(member => member is { Record.Leaves: true, Final: false } && Members.SeenWithin(member, RunTimings.LostAfter));

    private async Task TakeSnapshotsAsync(CancellationToken ct)
    {
        var reply = await run.Options.Medium.ReadHashAsync(run.Keys.Snapshots, ct);
        if (!reply.Answered(out var fields))
        {
            return;
        }

        foreach (var entry in Document.Roster)
        {
            if (Members.Find(entry.Member) is not { } member
                || !fields.TryGetValue(entry.Member, out var bytes)
                || !SnapshotCodec.DecodeHeader(bytes.Span).TryGet(out var header, out _))
            {
                continue;
            }

            if (member.Snapshot is { } newest && header.Sequence <= newest.Sequence)
            {
                await PutBackAsync(entry, member, newest, header.Sequence, ct);
                continue;
            }

            member.Snapshot = new(header.Sequence, bytes);
            if (!SnapshotCodec.Decode(bytes.Span).TryGet(out var snapshot, out var problems))
            {
                LeaderLog.SnapshotRefused(run.Logger, run.RunId, entry.Member, problems[0]);
                continue;
            }

            ledger.Add(snapshot);
            member.Final = header.Final;
        }
    }

    // An older one in its place misleads whoever takes over. Who still loads puts a newer one by itself.
    private async Task PutBackAsync(RosterEntry entry, LeaderMember member, HeldSnapshot newest, long there, CancellationToken ct)
    {
        if (there < newest.Sequence && (member.Final || entry.State == RosterState.Lost))
        {
            await run.Options.Medium.PutNewerAsync(run.Keys.Snapshots, entry.Member, newest.Sequence + ++_putBack, newest.Bytes, ct);
        }
    }

    private async Task CloseIntervalsAsync(CancellationToken ct)
    {
        foreach (var interval in ledger.CloseIntervals([.. run.Active.Select(entry => new MemberKey(entry.Drone, entry.Incarnation))], RunTime))
        {
            run.Journal.Close(interval);
        }

        foreach (var happened in ledger.TakeEvents())
        {
            run.Journal.Tell(happened);
        }

        if (Document.Ended is null && ledger.BrokenAbortingThresholds() is [var broken, ..])
        {
            await EndEarlyAsync($"{broken.Text} failed and ends the load.", ct, byThreshold: true);
        }
    }

    private async Task HeedAsync(StopRequest? stop, CancellationToken ct)
    {
        if (Document.Ended is null && stop is { } asked)
        {
            run.Journal.Note(RunEventKind.StopRequested, asked.Reason);
            await EndEarlyAsync($"The run was stopped: {asked.Reason}", ct, interrupted: asked.Interrupted);
        }
    }

    // Iterations stages may be done before their time. Every member must have said so of the newest shares.
    private async Task EndWhenDoneAsync(CancellationToken ct)
    {
        if (Document is { Phase: RunPhase.Running, Ended: null } && RunTime < Plan.Duration
            && run.Active.All(entry => Members.Find(entry.Member) is { } member && (member.Final || member.SaysDoneAt(Document.DocumentVersion))))
        {
            run.Journal.Note(RunEventKind.Phase, "All iterations are done.");
            LeaderLog.Done(run.Logger, run.RunId, RunTime.TotalSeconds);
            await EndAsync(new(RunTime.TotalMilliseconds, "All iterations are done.", ByThreshold: false, Interrupted: false, IsDone: true), ct);
        }
    }

    private async Task EndEarlyAsync(string reason, CancellationToken ct, bool byThreshold = false, bool interrupted = false)
    {
        LeaderLog.CutShort(run.Logger, run.RunId, reason);
        await EndAsync(new(Math.Clamp(RunTime.TotalMilliseconds, 0, Plan.Duration.TotalMilliseconds), reason, byThreshold, interrupted, IsDone: false), ct);
    }

    private Task EndAsync(EarlyEnd end, CancellationToken ct) =>
        run.ChangeAsync(changed => changed with { Phase = RunPhase.Draining, Ended = changed.Ended ?? end }, ct);

    // Past the last stage the drones drain by themselves; the phase is for whoever watches.
    private async Task EnterDrainingAsync(CancellationToken ct)
    {
        if (Document.Phase == RunPhase.Running && RunTime >= Plan.Duration)
        {
            await run.ChangeAsync(changed => changed with { Phase = RunPhase.Draining }, ct);
            run.Journal.Note(RunEventKind.Phase, "The last stage is over; running iterations end.");
        }
    }
}
