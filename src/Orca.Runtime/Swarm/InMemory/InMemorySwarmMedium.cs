using System.Threading.Channels;

namespace Orca.Swarm.InMemory;

/// <summary>One member's connection to an in-memory swarm. It never fails.</summary>
internal sealed class InMemorySwarmMedium(InMemorySwarmStore store) : ISwarmMedium
{
    public MediumState State => MediumState.Connected;

    public ValueTask<MediumReply<long>> PublishAsync(string channel, ReadOnlyMemory<byte> message, CancellationToken ct) =>
        Reply(store.Publish(channel, message));

    public ValueTask<IAsyncDisposable> SubscribeAsync(string channel, ChannelWriter<ReadOnlyMemory<byte>> writer, CancellationToken ct)
    {
        store.Listen(channel, writer);
        return new((IAsyncDisposable)new Subscription(store, channel, writer));
    }

    public ValueTask<MediumReply<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>>> ReadHashAsync(SwarmKey key, CancellationToken ct) =>
        Reply<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>>(
            store.Step(key, static entry => new Dictionary<string, ReadOnlyMemory<byte>>(entry.Hash, StringComparer.Ordinal), writes: false));

    public ValueTask<MediumReply<ReadOnlyMemory<byte>>> ReadFieldAsync(SwarmKey key, string field, CancellationToken ct) =>
        Reply(store.Step(key, entry => entry.Hash.GetValueOrDefault(field), writes: false));

    public ValueTask<MediumReply<bool>> WriteFieldAsync(SwarmKey key, string field, ReadOnlyMemory<byte> value, CancellationToken ct) =>
        Reply(store.Step(
            key,
            entry =>
            {
                entry.Hash[field] = value;
                return true;
            },
            writes: true));

    public ValueTask<MediumReply<bool>> RemoveFieldAsync(SwarmKey key, string field, CancellationToken ct) =>
        Reply(store.Step(key, entry => entry.Hash.Remove(field), writes: true));

    public ValueTask<MediumReply<long>> AppendAsync(SwarmKey key, ReadOnlyMemory<byte> value, CancellationToken ct) =>
        Reply(store.Step(
            key,
            entry =>
            {
                entry.List.Add(value);
                return (long)entry.List.Count;
            },
            writes: true));

    public ValueTask<MediumReply<IReadOnlyList<ReadOnlyMemory<byte>>>> ReadListAsync(SwarmKey key, long from, CancellationToken ct) =>
        Reply<IReadOnlyList<ReadOnlyMemory<byte>>>(store.Step(key, entry => entry.List.Skip((int)from).ToList(), writes: false));

    public ValueTask<MediumReply<DocumentVersion>> PutDocumentAsync(
        RunKeys run, DocumentVersion version, ReadOnlyMemory<byte> body, IReadOnlyList<SilentMember> silent, CancellationToken ct) =>
        Reply(store.Step(
            run.Document,
            run.Heartbeats,
            (document, heartbeats) =>
            {
                var there = document.Document?.Version ?? DocumentVersion.None;
                if (version > there && silent.All(member => heartbeats.Hash.GetValueOrDefault(member.Member).Span.SequenceEqual(member.Heartbeat.Span)))
                {
                    document.Document = new(version, body, document.Document?.LeaderBeat ?? default);
                    there = version;
                }

                return there;
            }));

    public ValueTask<MediumReply<StoredDocument?>> ReadDocumentAsync(RunKeys run, CancellationToken ct) =>
        Reply(store.Step(run.Document, static entry => entry.Document, writes: false));

    public ValueTask<MediumReply<bool>> ForgetDocumentAsync(RunKeys run, DocumentVersion version, CancellationToken ct) =>
        Reply(store.Step(
            run.Document,
            entry =>
            {
                var forgets = entry.Document is { } there && there.Version == version;
                entry.Document = forgets ? null : entry.Document;
                return forgets;
            },
            writes: true));

    public ValueTask<MediumReply<bool>> PutNewerAsync(SwarmKey key, string field, long sequence, ReadOnlyMemory<byte> value, CancellationToken ct) =>
        Reply(store.Step(key, entry => entry.PutNewer(field, sequence, value), writes: true));

    public ValueTask<MediumReply<BeatAnswer>> BeatAsync(RunKeys run, string member, long counter, ReadOnlyMemory<byte> heartbeat, CancellationToken ct) =>
        Reply(store.Step(
            run.Heartbeats,
            run.Document,
            (heartbeats, document) =>
            {
                heartbeats.PutNewer(member, counter, heartbeat);
                var known = store.Step(run.Members, entry => entry.Hash.ContainsKey(member), writes: false);
                return new BeatAnswer(document.Document?.Version ?? DocumentVersion.None, document.Document?.LeaderBeat ?? default, known);
            }));

    public ValueTask<MediumReply<DocumentVersion>> BeatLeaderAsync(RunKeys run, DocumentVersion version, ReadOnlyMemory<byte> heartbeat, CancellationToken ct) =>
        Reply(store.Step(
            run.Document,
            entry =>
            {
                if (entry.Document?.Version == version)
                {
                    entry.Document = entry.Document with { LeaderBeat = heartbeat };
                }

                return entry.Document?.Version ?? DocumentVersion.None;
            },
            writes: true));

    public ValueTask<MediumReply<bool>> TakeLeaseAsync(SwarmKey key, string owner, TimeSpan time, CancellationToken ct) =>
        Reply(store.Step(
            key,
            entry =>
            {
                var free = entry.Lease is not { } lease || lease.Owner == owner || lease.Until <= store.Now;
                if (free)
                {
                    entry.Lease = (owner, store.Now + time);
                }

                return free;
            },
            writes: true));

    public ValueTask<MediumReply<bool>> ReleaseLeaseAsync(SwarmKey key, string owner, CancellationToken ct) =>
        Reply(store.Step(
            key,
            entry =>
            {
                var mine = entry.Lease?.Owner == owner;
                entry.Lease = mine ? null : entry.Lease;
                return mine;
            },
            writes: true));

    public ValueTask<MediumReply<DateTimeOffset>> ReadClockAsync(CancellationToken ct) => Reply(store.Now);

    public ValueTask DisposeAsync() => default;

    private static ValueTask<MediumReply<T>> Reply<T>(T value) => new(new MediumReply<T>(value));

    private sealed class Subscription(InMemorySwarmStore store, string channel, ChannelWriter<ReadOnlyMemory<byte>> writer) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            store.StopListening(channel, writer);
            return default;
        }
    }
}
