using System.Threading.Channels;
using Orca.Runs.Workers;
using Orca.Swarm;
using Orca.Swarm.Documents;

namespace Orca.Runs;

/// <summary>Puts a member's newest snapshot until the medium has it; a newer one takes the place of one that could not be put.</summary>
internal sealed class SnapshotOutbox(DroneOptions options, RunKeys keys, RunMembership membership)
{
    private EncodedSnapshot? _newest;
    private long _repeats;

    /// <summary>Ends when the final snapshot is out; what the member has to say of its end goes out before it.</summary>
    public async Task RunAsync(ChannelReader<EncodedSnapshot> snapshots, Func<Task> beforeFinal, CancellationToken ct)
    {
        var said = false;
        while (await snapshots.WaitToReadAsync(ct))
        {
            TakeNewest(snapshots);
            await SpreadAsync(ct);
            while (true)
            {
                if (_newest!.Final && !said)
                {
                    said = true;
                    await beforeFinal();
                }

                if (await PutAsync(ct))
                {
                    break;
                }

                await Task.Delay(RunTimings.HeartbeatPeriod, options.Clock, ct);
                TakeNewest(snapshots);
            }
        }

        await options.Medium.PublishAsync(keys.LeaderChannel, SwarmJson.Write(new Notice { Run = membership.Document.Run }), ct);
    }

    /// <summary>The newest snapshot, or null before the first.</summary>
    public EncodedSnapshot? Newest => _newest;

    /// <summary>Puts the newest snapshot again: harmless where it is there, needed where the medium was wiped or set back.</summary>
    public async Task RepeatAsync(CancellationToken ct)
    {
        if (_newest is null)
        {
            return;
        }

        // Nothing comes after a final one, so that each time it can go before whatever has taken its place.
        _repeats += _newest.Final ? 1 : 0;
        await PutAsync(ct);
    }

    private void TakeNewest(ChannelReader<EncodedSnapshot> snapshots)
    {
        while (snapshots.TryRead(out var snapshot))
        {
            _newest = snapshot;
        }
    }

    private async Task<bool> PutAsync(CancellationToken ct) =>
        (await options.Medium.PutNewerAsync(keys.Snapshots, membership.Member, _newest!.Sequence + _repeats, _newest.Bytes, ct)).Answered(out _);

    // Members put at different times within the first half of an interval, so that a large swarm does not come all at once.
    private Task SpreadAsync(CancellationToken ct) =>
        _newest is { Final: false } && membership.Own is { } own
            ? Task.Delay(membership.Plan!.Interval / 2 * own.Index / membership.Document.Roster.Length, options.Clock, ct)
            : Task.CompletedTask;
}
