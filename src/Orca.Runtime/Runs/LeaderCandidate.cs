using Orca.Plans;
using Orca.Swarm;
using Orca.Swarm.Documents;

namespace Orca.Runs;

/// <summary>Waits for a run to lose its leader, and takes it over: what a standby does, and one that is started with a run's id.</summary>
internal sealed class LeaderCandidate(LeaderOptions options)
{
    private readonly RunKeys _keys = options.Names.Run(options.RunId);
    private LeaderHeartbeat? _beat;
    private RunPhase? _phase;
    private DocumentVersion _read;
    private long _silentSince;
    private long _answered;

    /// <summary>Ends when this leader holds the run; with a problem where there is nothing left to lead.</summary>
    /// <param name="standBy">Whether to wait for a run that is not known yet.</param>
    /// <param name="ct">Cancelled when the candidate is no longer wanted.</param>
    public async Task<Outcome<TakenOverRun>> TakeOverAsync(bool standBy, CancellationToken ct)
    {
        var lease = new LeaderLease(options, _keys);
        _answered = _silentSince = options.Clock.GetTimestamp();
        while (true)
        {
            if ((await options.Medium.ReadDocumentAsync(_keys, ct)).Answered(out var stored))
            {
                See(stored, standBy);
                if (stored is not null && PhaseOf(stored) is RunPhase.Completed or RunPhase.Aborted)
                {
                    return new Problem($"Run {options.RunId} is {_phase!.Value.ToString().ToLowerInvariant()}: there is nothing to lead.");
                }

                if (options.Clock.GetElapsedTime(_silentSince) >= RunTimings.LeaseTime)
                {
                    if (stored is null)
                    {
                        return new Problem($"Run {options.RunId} is not known in swarm {options.Names.Swarm}.") { Advice = "Check the id; a run is kept for 24 hours." };
                    }

                    if (Read(stored) is { } document && (await lease.RenewAsync(ct)).Answered(out var mine) && mine)
                    {
                        return await TakeAsync(document, lease, ct);
                    }
                }
            }

            await Task.Delay(RunTimings.Poll, options.Clock, ct);
        }
    }

    // It must itself have seen nothing for the whole time: a time in which it could not look, or had nothing to look at, does not count.
    private void See(StoredDocument? stored, bool standBy)
    {
        var now = options.Clock.GetTimestamp();
        if (options.Clock.GetElapsedTime(_answered, now) >= RunTimings.LeaseRenewal || (stored is null && standBy))
        {
            _silentSince = now;
        }

        if (stored is not null
            && SwarmJson.Read<LeaderHeartbeat>(stored.LeaderBeat, LeaderHeartbeat.TypeName).TryGet(out var beat, out _)
            && beat.IsAfter(_beat))
        {
            (_beat, _silentSince) = (beat, now);
        }

        _answered = now;
    }

    // While it waits only the phase matters, and only a new version can have another.
    private RunPhase? PhaseOf(StoredDocument stored)
    {
        if (stored.Version != _read)
        {
            (_read, _phase) = (stored.Version, Read(stored)?.Phase);
        }

        return _phase;
    }

    private static RunDocument? Read(StoredDocument stored) => RunDocumentCheck.Read(stored).TryGet(out var document, out _) ? document : null;

    private async Task<Outcome<TakenOverRun>> TakeAsync(RunDocument document, LeaderLease lease, CancellationToken ct)
    {
        if (!PlanFile.Read([new PlanLayer("run document", document.Plan)], new PlanReading { PackageRequired = true }).TryGet(out var plan, out var problems))
        {
            return problems;
        }

        var members = new LeaderMembers(options, _keys);
        while (await members.ReadAsync(ct) is null)
        {
            await Task.Delay(RunTimings.HeartbeatPeriod, options.Clock, ct);
        }

        var fencing = Math.Max(document.Fencing, members.HighestFencing) + 1;
        return new TakenOverRun(new(plan, document.Lock, []), document with { Fencing = fencing, Leader = options.Leader }, lease);
    }
}
