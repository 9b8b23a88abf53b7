using Orca.Swarm;
using Orca.Swarm.Documents;

namespace Orca.Runs;

/// <summary>Who asks for the run to end: whoever holds the leader by a call, anyone else by the run's list of requests.</summary>
internal sealed class LeaderRequests(LeaderOptions options, RunKeys keys, Wake wake)
{
    private StopRequest? _stop;

    /// <summary>Who has asked first, as far as is known without asking the medium.</summary>
    public StopRequest? Asked => Volatile.Read(ref _stop);

    /// <summary>Asks for the run to end with what there is. Safe to call from any thread; the first one counts.</summary>
    /// <param name="reason">Who asks, and why.</param>
    /// <param name="interrupted">Whether it was Ctrl-C.</param>
    public void Stop(string reason, bool interrupted)
    {
        Interlocked.CompareExchange(ref _stop, new(reason, interrupted), null);
        wake.Signal();
    }

    /// <summary>Who has asked first, or null where nobody has or the medium does not answer.</summary>
    public async ValueTask<StopRequest?> ReadAsync(CancellationToken ct)
    {
        if (Asked is null && (await options.Medium.ReadListAsync(keys.Requests, 0, ct)).Answered(out var requests))
        {
            foreach (var json in requests)
            {
                if (SwarmJson.Read<RunRequestRecord>(json, RunRequestRecord.TypeName).TryGet(out var request, out _)
                    && request.Run == options.RunId && request.Action == RunRequestRecord.Stop)
                {
                    Interlocked.CompareExchange(ref _stop, new(request.By, Interrupted: false), null);
                    break;
                }
            }
        }

        return Asked;
    }
}
