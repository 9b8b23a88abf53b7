using Orca.Swarm;

namespace Orca.Tests.Simulation;

/// <summary>A process's connection as it sees it itself; notes what the medium has acknowledged of it.</summary>
internal sealed class WatchedMedium(ISwarmMedium inner, SimulatedProcess process, SimulatedTime time, Dictionary<string, List<(long Sequence, TimeSpan At)>> acknowledged) : DelegatingMedium(inner)
{
    public override async ValueTask<MediumReply<bool>> PutNewerAsync(SwarmKey key, string field, long sequence, ReadOnlyMemory<byte> value, CancellationToken ct)
    {
        var reply = await base.PutNewerAsync(key, field, sequence, value, ct);
        if (reply.Answered(out _))
        {
            if (!acknowledged.TryGetValue(field, out var sequences))
            {
                acknowledged[field] = sequences = [];
            }

            sequences.Add((sequence, time.Now));
        }

        return reply;
    }

    public override async ValueTask<MediumReply<BeatAnswer>> BeatAsync(RunKeys run, string member, long counter, ReadOnlyMemory<byte> heartbeat, CancellationToken ct)
    {
        var reply = await base.BeatAsync(run, member, counter, heartbeat, ct);
        if (reply.Answered(out _))
        {
            process.AfterBeat?.Invoke();
        }

        return reply;
    }
}
