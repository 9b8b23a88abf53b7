using Orca.Plans;
using Orca.Swarm;
using Orca.Swarm.Documents;

namespace Orca.Runs;

/// <summary>Waits for a run to lose its leader, and takes it over: what a standby does, and one that is started with a run's id.</summary>
internal sealed class LeaderCandidate(LeaderOptions options)
{
    private readonly RunKeys _keys = options.Names.Run(options.RunId);
    private ReadOnlyMemory<byte> _beat;
    private long _silentSince;

    /// <summary>Ends when this leader holds the run; with a problem where there is nothing left to lead.</summary>
    /// <param name="standBy">Whether to wait for a run that is not known yet.</param>
    /// <param name="ct">Cancelled when the candidate is no longer wanted.</param>
    public async Task<Outcome<TakenOverRun>> TakeOverAsync(bool standBy, CancellationToken ct)
    {
        var lease = new LeaderLease(options, _keys);
        _silentSince = options.Clock.GetTimestamp();
        while (true)
        {
            var reply = await options.Medium.ReadDocumentAsync(_keys, ct);
            if (!reply.Answered(out var stored) || (stored is null && standBy))
            {
                // It must itself have seen nothing for the whole time: what it could not see does not count.
                _silentSince = options.Clock.GetTimestamp();
            }
            else if (stored is not null && !stored.LeaderBeat.Span.SequenceEqual(_beat.Span))
            {
                (_beat, _silentSince) = (stored.LeaderBeat, options.Clock.GetTimestamp());
            }

            if (stored is not null && Read(stored) is { Phase: RunPhase.Completed or RunPhase.Aborted } over)
            {
                return new Problem($"Run {options.RunId} is {over.Phase.ToString().ToLowerInvariant()}: there is nothing to lead.");
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

            await Task.Delay(RunTimings.Poll, options.Clock, ct);
        }
    }

    private RunDocument? Read(StoredDocument stored) =>
        SwarmJson.Read<RunDocument>(stored.Body, RunDocument.TypeName).TryGet(out var document, out _) && document.DocumentVersion == stored.Version
            ? document
            : null;

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
