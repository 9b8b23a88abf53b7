using Orca.Swarm;
using Orca.Swarm.Documents;

namespace Orca.Runs;

/// <summary>The final snapshots that no leader has acknowledged: put again while the drone is idle, the newest eight of them.</summary>
internal sealed class UnacknowledgedFinals(DroneOptions options)
{
    private const int Most = 8;
    private readonly Queue<(RunMembership Membership, SnapshotOutbox Outbox)> _kept = new();

    public void Keep(RunMembership membership, SnapshotOutbox outbox)
    {
        DroneLog.Unacknowledged(options.Logger, options.Drone, membership.Document.Run);
        _kept.Enqueue((membership, outbox));
        while (_kept.Count > Most)
        {
            _kept.Dequeue();
        }
    }

    /// <summary>Puts each again, and forgets those whose run has been completed since.</summary>
    public async Task RepeatAsync(CancellationToken ct)
    {
        for (var left = _kept.Count; left > 0; left--)
        {
            var (membership, outbox) = _kept.Dequeue();
            if (!await IsAcknowledgedAsync(membership, outbox, ct))
            {
                _kept.Enqueue((membership, outbox));
            }
        }
    }

    private async Task<bool> IsAcknowledgedAsync(RunMembership membership, SnapshotOutbox outbox, CancellationToken ct)
    {
        var held = membership.Document;
        var reply = await options.Medium.ReadDocumentAsync(options.Names.Run(held.Run), ct);
        if (!reply.Answered(out var stored))
        {
            return false;
        }

        if (stored is not null
            && RunDocumentCheck.Read(stored).TryGet(out var document, out _)
            && document.Phase is RunPhase.Completed or RunPhase.Aborted)
        {
            return true;
        }

        if (stored is null || stored.Version < held.DocumentVersion)
        {
            await membership.RestoreAsync(ct);
        }
        else
        {
            await outbox.RepeatAsync(ct);
        }

        return false;
    }
}
