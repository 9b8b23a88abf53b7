using Orca.Swarm;

namespace Orca.Runs;

/// <summary>The right to lead a run: renewed well before it ends, trusted for less time than it lasts.</summary>
internal sealed class LeaderLease(LeaderOptions options, RunKeys keys)
{
    private const long Never = long.MinValue;

    // Renewed by the work and by the loop beside it.
    private long _renewed = Never;
    private volatile bool _lost;

    /// <summary>Whether this leader may decide: it sent its last successful renewal less than 10 s ago.</summary>
    public bool IsTrusted => !_lost && IsRenewedWithin(RunTimings.LeaseTrust);

    /// <summary>Takes or renews the lease; the answer is whether it is this leader's.</summary>
    public async Task<MediumReply<bool>> RenewAsync(CancellationToken ct)
    {
        var sent = options.Clock.GetTimestamp();
        var reply = await options.Medium.TakeLeaseAsync(keys.Lease, options.Leader, RunTimings.LeaseTime, ct);
        if (reply.Answered(out var mine) && mine)
        {
            Interlocked.Exchange(ref _renewed, sent);
        }

        return reply;
    }

    /// <summary>Renews it where that is due.</summary>
    public async Task KeepAsync(CancellationToken ct)
    {
        if (!IsRenewedWithin(RunTimings.LeaseRenewal))
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

    private bool IsRenewedWithin(TimeSpan time) => Interlocked.Read(ref _renewed) is var renewed and not Never && options.Clock.GetElapsedTime(renewed) < time;

    public ValueTask<MediumReply<bool>> ReleaseAsync(CancellationToken ct) => options.Medium.ReleaseLeaseAsync(keys.Lease, options.Leader, ct);
}
