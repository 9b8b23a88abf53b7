using Orca.Swarm;

namespace Orca.Runs;

/// <summary>The right to lead a run: renewed well before it ends, trusted for less time than it lasts.</summary>
internal sealed class LeaderLease(LeaderOptions options, RunKeys keys)
{
    private long? _renewed;
    private volatile bool _lost;

    /// <summary>Whether this leader may decide: it sent its last successful renewal less than 10 s ago.</summary>
    public bool IsTrusted => _renewed is { } renewed && !_lost && options.Clock.GetElapsedTime(renewed) < RunTimings.LeaseTrust;

    /// <summary>Takes or renews the lease; the answer is whether it is this leader's.</summary>
    public async Task<MediumReply<bool>> RenewAsync(CancellationToken ct)
    {
        var sent = options.Clock.GetTimestamp();
        var reply = await options.Medium.TakeLeaseAsync(keys.Lease, options.Leader, RunTimings.LeaseTime, ct);
        if (reply.Answered(out var mine) && mine)
        {
            _renewed = sent;
        }

        return reply;
    }

    /// <summary>Renews it where that is due.</summary>
    public async Task KeepAsync(CancellationToken ct)
    {
        if (_renewed is not { } renewed || options.Clock.GetElapsedTime(renewed) >= RunTimings.LeaseRenewal)
        {
            await RenewAsync(ct);
        }
    }

    /// <summary>Another leader was seen: this one may never decide again.</summary>
    public void Lose() => _lost = true;

    /// <summary>Waits until this leader may decide.</summary>
    /// <exception cref="SupersededException">It never will again.</exception>
    public async Task AwaitAsync(CancellationToken ct)
    {
        while (!IsTrusted)
        {
            if (_lost)
            {
                throw new SupersededException(options.RunId);
            }

            // Before the first document there is no loop yet that keeps it.
            await RenewAsync(ct);
            if (!IsTrusted)
            {
                await Task.Delay(RunTimings.HeartbeatPeriod, options.Clock, ct);
            }
        }
    }

    public ValueTask<MediumReply<bool>> ReleaseAsync(CancellationToken ct) => options.Medium.ReleaseLeaseAsync(keys.Lease, options.Leader, ct);
}
