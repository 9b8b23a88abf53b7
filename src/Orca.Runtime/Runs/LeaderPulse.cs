using Orca.Swarm;
using Orca.Swarm.Documents;

namespace Orca.Runs;

/// <summary>A leader's heartbeat and lease, in a loop of its own, never behind its work; sees who has taken over and what a medium has forgotten.</summary>
internal sealed class LeaderPulse(LeaderOptions options, RunKeys keys, LeaderLease lease, LeaderDocument document, LeaderMembers members, Wake wake)
{
    private long _beats;

    public async Task RunAsync(CancellationToken ct)
    {
        while (true)
        {
            await lease.KeepAsync(ct);
            await BeatAsync(ct);
            await Task.Delay(RunTimings.Poll, options.Clock, ct);
        }
    }

    private async Task BeatAsync(CancellationToken ct)
    {
        var current = document.Current;
        var beat = new LeaderHeartbeat { Leader = options.Leader, Fencing = current.Fencing, Number = current.Number, Counter = ++_beats };
        var reply = await options.Medium.BeatLeaderAsync(keys, current.DocumentVersion, SwarmJson.Write(beat), ct);
        if (!reply.Answered(out var there))
        {
            return;
        }

        if (there.Fencing > current.Fencing)
        {
            lease.Lose();
            wake.Signal();
        }
        else if (there < current.DocumentVersion)
        {
            LeaderLog.MediumForgot(options.Logger, options.RunId);
            await lease.RenewAsync(ct);
            await document.RestoreAsync(ct);
            await members.RestoreAsync(ct);
            await options.Medium.BeatLeaderAsync(keys, document.Current.DocumentVersion, SwarmJson.Write(beat), ct);
        }
    }
}
