using System.Threading.Channels;
using Orca.Swarm;

namespace Orca.Tests.Simulation;

/// <summary>A medium that does what another does, but for what a derived one does otherwise.</summary>
internal abstract class DelegatingMedium(ISwarmMedium inner) : ISwarmMedium
{
    public MediumState State => inner.State;

    public virtual ValueTask<MediumReply<long>> PublishAsync(string channel, ReadOnlyMemory<byte> message, CancellationToken ct) => inner.PublishAsync(channel, message, ct);

    public virtual ValueTask<IAsyncDisposable> SubscribeAsync(string channel, ChannelWriter<ReadOnlyMemory<byte>> writer, CancellationToken ct) =>
        inner.SubscribeAsync(channel, writer, ct);

    public virtual ValueTask<MediumReply<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>>> ReadHashAsync(SwarmKey key, CancellationToken ct) => inner.ReadHashAsync(key, ct);

    public virtual ValueTask<MediumReply<ReadOnlyMemory<byte>>> ReadFieldAsync(SwarmKey key, string field, CancellationToken ct) => inner.ReadFieldAsync(key, field, ct);

    public virtual ValueTask<MediumReply<bool>> WriteFieldAsync(SwarmKey key, string field, ReadOnlyMemory<byte> value, CancellationToken ct) =>
        inner.WriteFieldAsync(key, field, value, ct);

    public virtual ValueTask<MediumReply<bool>> RemoveFieldAsync(SwarmKey key, string field, CancellationToken ct) => inner.RemoveFieldAsync(key, field, ct);

    public virtual ValueTask<MediumReply<long>> AppendAsync(SwarmKey key, ReadOnlyMemory<byte> value, CancellationToken ct) => inner.AppendAsync(key, value, ct);

    public virtual ValueTask<MediumReply<IReadOnlyList<ReadOnlyMemory<byte>>>> ReadListAsync(SwarmKey key, long from, CancellationToken ct) => inner.ReadListAsync(key, from, ct);

    public virtual ValueTask<MediumReply<DocumentVersion>> PutDocumentAsync(
        RunKeys run, DocumentVersion version, ReadOnlyMemory<byte> body, IReadOnlyList<SilentMember> silent, CancellationToken ct) =>
        inner.PutDocumentAsync(run, version, body, silent, ct);

    public virtual ValueTask<MediumReply<StoredDocument?>> ReadDocumentAsync(RunKeys run, CancellationToken ct) => inner.ReadDocumentAsync(run, ct);

    public virtual ValueTask<MediumReply<bool>> PutNewerAsync(SwarmKey key, string field, long sequence, ReadOnlyMemory<byte> value, CancellationToken ct) =>
        inner.PutNewerAsync(key, field, sequence, value, ct);

    public virtual ValueTask<MediumReply<BeatAnswer>> BeatAsync(RunKeys run, string member, long counter, ReadOnlyMemory<byte> heartbeat, CancellationToken ct) =>
        inner.BeatAsync(run, member, counter, heartbeat, ct);

    public virtual ValueTask<MediumReply<DocumentVersion>> BeatLeaderAsync(RunKeys run, DocumentVersion version, ReadOnlyMemory<byte> heartbeat, CancellationToken ct) =>
        inner.BeatLeaderAsync(run, version, heartbeat, ct);

    public virtual ValueTask<MediumReply<bool>> TakeLeaseAsync(SwarmKey key, string owner, TimeSpan time, CancellationToken ct) => inner.TakeLeaseAsync(key, owner, time, ct);

    public virtual ValueTask<MediumReply<bool>> ReleaseLeaseAsync(SwarmKey key, string owner, CancellationToken ct) => inner.ReleaseLeaseAsync(key, owner, ct);

    public virtual ValueTask<MediumReply<DateTimeOffset>> ReadClockAsync(CancellationToken ct) => inner.ReadClockAsync(ct);

    public virtual ValueTask DisposeAsync() => inner.DisposeAsync();
}
