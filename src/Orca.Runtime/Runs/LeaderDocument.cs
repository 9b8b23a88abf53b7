using Orca.Swarm;
using Orca.Swarm.Documents;

namespace Orca.Runs;

/// <summary>The run document as its leader writes it: one version after the other, each told to the members, none without the lead.</summary>
internal sealed class LeaderDocument(LeaderOptions options, RunKeys keys, LeaderLease lease, RunDocument first)
{
    private volatile RunDocument _current = first;
    private long _tried = first.Number;
    private bool _isListed;

    /// <summary>The newest version that the medium has. Safe to read from any thread.</summary>
    public RunDocument Current => _current;

    /// <summary>Writes the next version, again and again until the medium has it.</summary>
    /// <exception cref="SupersededException">Another leader has taken over.</exception>
    public Task ChangeAsync(Func<RunDocument, RunDocument> change, CancellationToken ct) => ChangeAsync(change, [], ct);

    /// <summary>Writes the next version, unless a member that it calls silent has come back; false where one has.</summary>
    /// <exception cref="SupersededException">Another leader has taken over.</exception>
    public async Task<bool> ChangeAsync(Func<RunDocument, RunDocument> change, IReadOnlyList<SilentMember> silent, CancellationToken ct)
    {
        // A number is never used again: what was refused may still be on its way.
        var next = change(Current) with { Number = ++_tried };
        var body = SwarmJson.Write(next);
        while (true)
        {
            await lease.AwaitAsync(ct);
            var reply = await options.Medium.PutDocumentAsync(keys, next.DocumentVersion, body, silent, ct);
            if (reply.Answered(out var there))
            {
                if (there == next.DocumentVersion)
                {
                    break;
                }

                if (there > next.DocumentVersion)
                {
                    throw new SupersededException(next.Run);
                }

                return false;
            }

            LeaderLog.MediumAway(options.Logger, next.Run, reply.Failure!);
            await Task.Delay(RunTimings.HeartbeatPeriod, options.Clock, ct);
        }

        var entered = next.Phase != Current.Phase || !_isListed;
        _current = next;
        if (entered)
        {
            _isListed = true;
            LeaderLog.Phase(options.Logger, next.Run, next.Phase);
            await ListAsync(ct);
        }

        await options.Medium.PublishAsync(keys.DronesChannel, SwarmJson.Write(new Notice { Run = next.Run }), ct);
        return true;
    }

    /// <summary>Puts back what a medium has forgotten: the document and the run's entry in the list.</summary>
    public async Task RestoreAsync(CancellationToken ct)
    {
        var current = Current;
        await options.Medium.PutDocumentAsync(keys, current.DocumentVersion, SwarmJson.Write(current), [], ct);
        await ListAsync(ct);
    }

    private async Task ListAsync(CancellationToken ct)
    {
        var entry = new RunIndexEntry
        {
            Run = Current.Run,
            Name = options.RunName,
            Leader = Current.Leader,
            Phase = Current.Phase,
            Changed = options.Clock.GetUtcNow(),
        };
        await options.Medium.WriteFieldAsync(options.Names.Runs, Current.Run, SwarmJson.Write(entry), ct);
    }
}
