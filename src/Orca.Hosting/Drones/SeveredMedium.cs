using System.Threading.Channels;
using Orca.Swarm;

namespace Orca.Hosting.Drones;

/// <summary>A member's connection that is gone once a token is cancelled: nothing reaches the swarm any more, not even a goodbye.</summary>
internal sealed class SeveredMedium(ISwarmMedium inner, CancellationToken severed) : ISwarmMedium
{
    public MediumState State => severed.IsCancellationRequested ? MediumState.Disconnected : inner.State;

    public bool IsSealed => inner.IsSealed;

    public ValueTask<MediumReply<long>> PublishAsync(string channel, ReadOnlyMemory<byte> message, CancellationToken ct) =>
        IsGone<long>() ?? inner.PublishAsync(channel, message, ct);

    public ValueTask<IAsyncDisposable> SubscribeAsync(string channel, ChannelWriter<ReadOnlyMemory<byte>> writer, CancellationToken ct) =>
        inner.SubscribeAsync(channel, writer, ct);

    public ValueTask<MediumReply<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>>> ReadHashAsync(SwarmKey key, CancellationToken ct) =>
        IsGone<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>>() ?? inner.ReadHashAsync(key, ct);

    public ValueTask<MediumReply<ReadOnlyMemory<byte>>> ReadFieldAsync(SwarmKey key, string field, CancellationToken ct) =>
        IsGone<ReadOnlyMemory<byte>>() ?? inner.ReadFieldAsync(key, field, ct);

    public ValueTask<MediumReply<bool>> WriteFieldAsync(SwarmKey key, string field, ReadOnlyMemory<byte> value, CancellationToken ct) =>
        IsGone<bool>() ?? inner.WriteFieldAsync(key, field, value, ct);

    public ValueTask<MediumReply<bool>> RemoveFieldAsync(SwarmKey key, string field, CancellationToken ct) =>
        IsGone<bool>() ?? inner.RemoveFieldAsync(key, field, ct);

    public ValueTask<MediumReply<long>> AppendAsync(SwarmKey key, ReadOnlyMemory<byte> value, CancellationToken ct) =>
        IsGone<long>() ?? inner.AppendAsync(key, value, ct);

    public ValueTask<MediumReply<IReadOnlyList<ReadOnlyMemory<byte>>>> ReadListAsync(SwarmKey key, long from, CancellationToken ct) =>
        IsGone<IReadOnlyList<ReadOnlyMemory<byte>>>() ?? inner.ReadListAsync(key, from, ct);

    public ValueTask<MediumReply<DocumentVersion>> PutDocumentAsync(
        RunKeys run, DocumentVersion version, ReadOnlyMemory<byte> body, IReadOnlyList<SilentMember> silent, CancellationToken ct) =>
        IsGone<DocumentVersion>() ?? inner.PutDocumentAsync(run, version, body, silent, ct);

    public ValueTask<MediumReply<StoredDocument?>> ReadDocumentAsync(RunKeys run, CancellationToken ct) =>
        IsGone<StoredDocument?>() ?? inner.ReadDocumentAsync(run, ct);

    public ValueTask<MediumReply<bool>> ForgetDocumentAsync(RunKeys run, DocumentVersion version, CancellationToken ct) =>
        IsGone<bool>() ?? inner.ForgetDocumentAsync(run, version, ct);

    public ValueTask<MediumReply<bool>> PutNewerAsync(SwarmKey key, string field, long sequence, ReadOnlyMemory<byte> value, CancellationToken ct) =>
        IsGone<bool>() ?? inner.PutNewerAsync(key, field, sequence, value, ct);

    public ValueTask<MediumReply<BeatAnswer>> BeatAsync(RunKeys run, string member, long counter, ReadOnlyMemory<byte> heartbeat, CancellationToken ct) =>
        IsGone<BeatAnswer>() ?? inner.BeatAsync(run, member, counter, heartbeat, ct);

    public ValueTask<MediumReply<DocumentVersion>> BeatLeaderAsync(RunKeys run, DocumentVersion version, ReadOnlyMemory<byte> heartbeat, CancellationToken ct) =>
        IsGone<DocumentVersion>() ?? inner.BeatLeaderAsync(run, version, heartbeat, ct);

    public ValueTask<MediumReply<bool>> TakeLeaseAsync(SwarmKey key, string owner, TimeSpan time, CancellationToken ct) =>
        IsGone<bool>() ?? inner.TakeLeaseAsync(key, owner, time, ct);

    public ValueTask<MediumReply<bool>> ReleaseLeaseAsync(SwarmKey key, string owner, CancellationToken ct) =>
        IsGone<bool>() ?? inner.ReleaseLeaseAsync(key, owner, ct);

    public ValueTask<MediumReply<DateTimeOffset>> ReadClockAsync(CancellationToken ct) => IsGone<DateTimeOffset>() ?? inner.ReadClockAsync(ct);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private ValueTask<MediumReply<T>>? IsGone<T>() =>
        severed.IsCancellationRequested ? new(new MediumReply<T>(new Problem("The connection is gone."))) : null;
}
