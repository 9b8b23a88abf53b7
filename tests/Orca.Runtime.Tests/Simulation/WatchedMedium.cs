using Orca.Swarm;

namespace Orca.Tests.Simulation;

/// <summary>A process's connection as it sees it itself; notes which of its snapshots the medium has acknowledged.</summary>
internal sealed class WatchedMedium(ISwarmMedium inner, SimulatedTime time, Dictionary<string, List<(long Sequence, TimeSpan At)>> acknowledged) : DelegatingMedium(inner)
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
}
