using Orca.Results;
using Orca.Swarm.Documents;

namespace Orca.Runs;

/// <summary>A leader's last phase: what went wrong at the end is noted, the swarm torn down, the run judged and reported, its members let go.</summary>
internal sealed class LeaderEnd(LedRun run)
{
    public async Task<RunResult> CompleteAsync(LeaderWatch watch, RunLedger ledger, RunEnding ending, CancellationToken ct)
    {
        await NoteFailuresAsync(ct);
        await TearDownSwarmAsync(ct);
        ending = await watch.TakeLateAsync(ending, ct);
        return await ReportAsync(ledger.Complete(ending), RunPhase.Completed, null, ct);
    }

    /// <summary>Ends a run whose load has not begun.</summary>
    public async Task<RunResult> AbortAsync(Problem failure, CancellationToken ct)
    {
        var now = run.Clock.GetUtcNow();
        var ledger = run.Journal.Open(run.Describe(now), start: null);
        run.Journal.NoteEarly();
        var ending = new RunEnding { EndTime = now, RunTime = TimeSpan.Zero, Aborted = failure, Interrupted = run.Requests.Asked?.Interrupted ?? false };
        return await ReportAsync(ledger.Complete(ending), RunPhase.Aborted, failure, ct);
    }

    // What failed once the load was over, such as a tear-down: the numbers stand, and the report tells.
    private async Task NoteFailuresAsync(CancellationToken ct)
    {
        await run.ReadMembersAsync(ct);
        foreach (var entry in run.Active)
        {
            if (run.Members.Find(entry.Member)?.Record is { State: MemberState.Finished, Reason: { } reason })
            {
                LeaderLog.EndedBadly(run.Logger, run.RunId, entry.Drone, reason);
                run.Journal.Note(RunEventKind.DroneFailed, $"{entry.Drone} did not end well: {reason}", entry.Drone);
            }
        }
    }

    private async Task TearDownSwarmAsync(CancellationToken ct)
    {
        var member = run.Members.Find(run.Document.SwarmSetUpBy!);
        if (member is not { Record.SwarmHasSetUp: true })
        {
            return;
        }

        await run.ChangeAsync(document => document with { SwarmTearsDown = true }, ct);
        var began = run.Clock.GetTimestamp();
        while (member.Record.State != MemberState.SwarmTornDown && !run.IsLost(member) && run.Clock.GetElapsedTime(began) < run.Plan.Grace)
        {
            await run.Wake.WaitAsync(RunTimings.Poll, ct);
            await run.ReadMembersAsync(ct);
        }

        if (member.Record.State != MemberState.SwarmTornDown || member.Record.Reason is not null)
        {
            run.Journal.Note(RunEventKind.Warning, $"The swarm's tear-down was not done: {member.Record.Reason ?? "no answer"}", member.Record.Drone);
        }
    }

    // The report is on disk before the members are let go; the other sinks are drained after it.
    private async Task<RunResult> ReportAsync(RunReport report, RunPhase phase, Problem? failure, CancellationToken ct)
    {
        (report, var unstored) = await run.Sinks.StoreAsync(report, ct);
        await LetGoAsync(phase, failure, ct);
        run.Journal.CloseRest();
        var unsunk = await run.Sinks.EndAsync(report, RunTimings.SinkWait, ct);
        LeaderLog.Ended(run.Logger, run.RunId, report.Verdict);
        return new(report.ExitCode, run.Sinks.Counted(report), [.. failure is null ? [] : (Problem[])[failure], .. unstored, .. unsunk]);
    }

    // Where the medium stays away no drone waits for this any longer than leaderTimeout, and neither does the leader.
    private async Task LetGoAsync(RunPhase phase, Problem? failure, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(run.Plan.LeaderTimeout, run.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            await run.ChangeAsync(document => document with { Phase = phase, Reason = failure?.What }, either.Token);
            await run.Lease.ReleaseAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            LeaderLog.EndUntold(run.Logger, run.RunId, phase);
        }
    }
}
