using Orca.Swarm;

namespace Orca.Tests.Simulation;

/// <summary>A medium that does not compare what it should.</summary>
internal sealed class MutatedMedium(ISwarmMedium inner, Mutation mutation) : DelegatingMedium(inner)
{
    public override ValueTask<MediumReply<DocumentVersion>> PutDocumentAsync(
        RunKeys run, DocumentVersion version, ReadOnlyMemory<byte> body, IReadOnlyList<SilentMember> silent, CancellationToken ct) =>
        base.PutDocumentAsync(run, version, body, mutation == Mutation.SilenceNotCompared ? [] : silent, ct);

    public override ValueTask<MediumReply<bool>> PutNewerAsync(SwarmKey key, string field, long sequence, ReadOnlyMemory<byte> value, CancellationToken ct) =>
        mutation == Mutation.SequenceNotCompared ? WriteFieldAsync(key, field, value, ct) : base.PutNewerAsync(key, field, sequence, value, ct);

    public override async ValueTask<MediumReply<BeatAnswer>> BeatAsync(RunKeys run, string member, long counter, ReadOnlyMemory<byte> heartbeat, CancellationToken ct)
    {
        if (mutation == Mutation.SequenceNotCompared)
        {
            await WriteFieldAsync(run.Heartbeats, member, heartbeat, ct);
        }

        return await base.BeatAsync(run, member, counter, heartbeat, ct);
    }
}
