using Orca.Plans;
using Orca.Results;
using Orca.Swarm;
using Orca.Swarm.Documents;

namespace Orca.Runs;

/// <summary>The story of one run, told by its leader: prepared, announced, started together, running, drained, completed.</summary>
internal sealed class LeaderRun
{
    private readonly LedRun _run;

    /// <summary>Leads a new run.</summary>
    public LeaderRun(LeaderOptions options, PreparedRun prepared)
    {
        var first = new RunDocument
        {
            Run = options.RunId,
            Fencing = 1,
            Number = 0,
            Leader = options.Leader,
            Phase = RunPhase.Preparing,
            Plan = PlanFile.Write(prepared.Plan),
            Lock = prepared.Lock,
        };
        _run = new(options, prepared, new LeaderLease(options, options.Names.Run(options.RunId)), first, takesOver: false);
    }

    /// <summary>Goes on with a run that has lost its leader.</summary>
    public LeaderRun(LeaderOptions options, TakenOverRun taken) => _run = new(options, taken.Prepared, taken.Lease, taken.Document, takesOver: true);

    /// <summary>Asks for the load to be drained now; the run ends with what there is.</summary>
    /// <param name="reason">Who asks, and why.</param>
    /// <param name="interrupted">Whether it was Ctrl-C.</param>
    public void RequestStop(string reason, bool interrupted) => _run.Requests.Stop(reason, interrupted);

    /// <summary>Leads the run to its end. Cancelling does not wait for anything; see <see cref="RequestStop"/> for the orderly way.</summary>
    public async Task<RunResult> RunAsync(CancellationToken ct)
    {
        await using var sinks = _run.Sinks;
        await using var archiving = _run.Journal.BeginArchiving();
        if (await _run.Sinks.CheckAsync(ct) is { } unusable)
        {
            return new(ExitCode.BadInput, null, [unusable]);
        }

        await using var wakeUps = await _run.Options.Medium.SubscribeAsync(_run.Keys.LeaderChannel, new WakeWriter(_run.Wake), ct);
        try
        {
            return await LeadAsync(ct);
        }
        catch (SupersededException superseded)
        {
            return new(ExitCode.Aborted, null, [superseded.Problem]);
        }
    }

    // Each phase is entered where the document stands: one that took over goes on in the middle.
    private async Task<RunResult> LeadAsync(CancellationToken ct)
    {
        var end = new LeaderEnd(_run);

        // 1. Prepare: the lease, and the first run document of this leader.
        if (await TakeLeadAsync(ct) is { } taken)
        {
            return new(ExitCode.Aborted, null, [taken]);
        }

        await using var pulse = _run.BeginPulse();

        // 2. Announce, until the quorum has joined; then the roster is closed.
        if (_run.Document.Phase == RunPhase.Announcing && await new LeaderQuorum(_run).GatherAsync(ct) is { } noQuorum)
        {
            return await end.AbortAsync(noQuorum, ct);
        }

        // 3. Start: the swarm's set-up, every member's set-up, then one instant for all.
        if (_run.Document.Phase == RunPhase.Starting && await new LeaderStart(_run).StartAsync(ct) is { } noStart)
        {
            return await end.AbortAsync(noStart, ct);
        }

        // 4. Running, then 5. drained: until every member's final snapshot is in.
        var start = (await _run.ReadClockAsync(ct)).TimestampOf(_run.Document.StartTime!.Value, _run.Clock);
        var ledger = await OpenLedgerAsync(start, ct);
        var watch = new LeaderWatch(_run, ledger, start);
        var ending = await watch.RunAsync(ct);

        // 6. Complete: the swarm's tear-down, the verdict, the report.
        return await end.CompleteAsync(watch, ledger, ending, ct);
    }

    private async Task<Problem?> TakeLeadAsync(CancellationToken ct)
    {
        if (_run.TakesOver)
        {
            _run.Journal.Fencing = _run.Document.Fencing;
            await _run.ChangeAsync(document => document, ct);
            await _run.ReadMembersAsync(ct);
            _run.Members.Expect(_run.Document.Roster);
            LeaderLog.TookOver(_run.Logger, _run.RunId, _run.Options.Leader, _run.Document.Fencing, _run.Document.Phase);
            return null;
        }

        var began = _run.Clock.GetTimestamp();
        bool mine;
        while (await _run.Lease.RenewAsync(ct) is var reply && !reply.Answered(out mine))
        {
            if (_run.Requests.Asked is not null || _run.Clock.GetElapsedTime(began) >= RunTimings.LeaseTrust)
            {
                return reply.Failure;
            }

            await Task.Delay(RunTimings.HeartbeatPeriod, _run.Clock, ct);
        }

        if (!mine)
        {
            return new Problem($"Run {_run.RunId} has another leader.") { Advice = "Wait until it is gone, or start a new run." };
        }

        await _run.ChangeAsync(document => document with { Phase = RunPhase.Announcing }, ct);
        foreach (var warning in _run.Prepared.Warnings)
        {
            LeaderLog.Warned(_run.Logger, _run.RunId, warning);
            _run.Journal.Note(RunEventKind.Warning, warning);
        }

        return null;
    }

    private async Task<RunLedger> OpenLedgerAsync(long start, CancellationToken ct)
    {
        var started = _run.Describe(_run.Document.StartTime!.Value);
        var ledger = _run.Journal.Open(started, start);
        _run.Sinks.Begin(started);
        if (_run.TakesOver)
        {
            await _run.Journal.RestoreAsync(ct);
        }

        _run.Journal.NoteEarly();
        _run.Journal.Note(RunEventKind.Phase, _run.TakesOver ? $"{_run.Options.Leader} leads from here on." : $"The load starts on {_run.Active.Count()} drones.");
        return ledger;
    }
}
