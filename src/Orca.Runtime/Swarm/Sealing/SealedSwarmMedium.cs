using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Orca.Swarm.Sealing;

/// <summary>
/// A medium as a member with the swarm key has it: seals all that it writes, and does not see what is not sealed for its place.
/// </summary>
/// <remarks>
/// What the medium itself says, such as a version, may be forged: a version is believed once the document itself has shown it. A replay
/// of what was sealed for that place earlier is up to the protocol, whose numbers only ever move on.
/// </remarks>
internal sealed class SealedSwarmMedium(ISwarmMedium inner, SwarmSeal seal, TimeProvider clock, ILogger logger) : ISwarmMedium
{
    private readonly RefusalLog _refusals = new(clock, logger);

    public MediumState State => inner.State;

    public bool IsSealed => true;

    public ValueTask<MediumReply<long>> PublishAsync(string channel, ReadOnlyMemory<byte> message, CancellationToken ct) =>
        inner.PublishAsync(channel, seal.Close(SealedPlace.Message(channel), message), ct);

    public ValueTask<IAsyncDisposable> SubscribeAsync(string channel, ChannelWriter<ReadOnlyMemory<byte>> writer, CancellationToken ct) =>
        inner.SubscribeAsync(channel, new OpeningWriter(writer, seal, channel, _refusals), ct);

    public async ValueTask<MediumReply<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>>> ReadHashAsync(SwarmKey key, CancellationToken ct)
    {
        var reply = await inner.ReadHashAsync(key, ct);
        if (!reply.Answered(out var fields))
        {
            return reply;
        }

        var opened = new Dictionary<string, ReadOnlyMemory<byte>>(fields.Count, StringComparer.Ordinal);
        foreach (var (field, text) in fields)
        {
            if (TryOpen(SealedPlace.Of(key, field), text, out var content))
            {
                opened.Add(field, content);
            }
        }

        return new(opened);
    }

    public async ValueTask<MediumReply<ReadOnlyMemory<byte>>> ReadFieldAsync(SwarmKey key, string field, CancellationToken ct)
    {
        var reply = await inner.ReadFieldAsync(key, field, ct);
        return reply.Answered(out var text) ? new(OpenOrEmpty(SealedPlace.Of(key, field), text)) : reply;
    }

    public ValueTask<MediumReply<bool>> WriteFieldAsync(SwarmKey key, string field, ReadOnlyMemory<byte> value, CancellationToken ct) =>
        inner.WriteFieldAsync(key, field, seal.Close(SealedPlace.Of(key, field), value), ct);

    public ValueTask<MediumReply<bool>> RemoveFieldAsync(SwarmKey key, string field, CancellationToken ct) => inner.RemoveFieldAsync(key, field, ct);

    public ValueTask<MediumReply<long>> AppendAsync(SwarmKey key, ReadOnlyMemory<byte> value, CancellationToken ct) =>
        inner.AppendAsync(key, seal.Close(SealedPlace.Element(key), value), ct);

    public async ValueTask<MediumReply<IReadOnlyList<ReadOnlyMemory<byte>>>> ReadListAsync(SwarmKey key, long from, CancellationToken ct)
    {
        var reply = await inner.ReadListAsync(key, from, ct);
        if (!reply.Answered(out var elements))
        {
            return reply;
        }

        var opened = new List<ReadOnlyMemory<byte>>(elements.Count);
        foreach (var text in elements)
        {
            if (TryOpen(SealedPlace.Element(key), text, out var content))
            {
                opened.Add(content);
            }
        }

        return new(opened);
    }

    public async ValueTask<MediumReply<DocumentVersion>> PutDocumentAsync(
        RunKeys run, DocumentVersion version, ReadOnlyMemory<byte> body, IReadOnlyList<SilentMember> silent, CancellationToken ct)
    {
        // A heartbeat sealed again is the same bytes: so the medium can compare.
        SilentMember[] closed = [.. silent.Select(member => member.Heartbeat.IsEmpty
            ? member
            : member with { Heartbeat = seal.Close(SealedPlace.Of(run.Heartbeats, member.Member), member.Heartbeat) })];
        var reply = await inner.PutDocumentAsync(run, version, seal.Close(SealedPlace.Document(run, version), body), closed, ct);
        return await BelieveAsync(reply, run, version, ct);
    }

    public async ValueTask<MediumReply<StoredDocument?>> ReadDocumentAsync(RunKeys run, CancellationToken ct)
    {
        var reply = await inner.ReadDocumentAsync(run, ct);
        if (!reply.Answered(out var stored) || stored is null)
        {
            return reply;
        }

        return new(TryOpen(SealedPlace.Document(run, stored.Version), stored.Body, out var body)
            ? new StoredDocument(stored.Version, body, OpenOrEmpty(SealedPlace.LeaderBeat(run), stored.LeaderBeat))
            : null);
    }

    public ValueTask<MediumReply<bool>> PutNewerAsync(SwarmKey key, string field, long sequence, ReadOnlyMemory<byte> value, CancellationToken ct) =>
        inner.PutNewerAsync(key, field, sequence, seal.Close(SealedPlace.Of(key, field), value), ct);

    public async ValueTask<MediumReply<BeatAnswer>> BeatAsync(RunKeys run, string member, long counter, ReadOnlyMemory<byte> heartbeat, CancellationToken ct)
    {
        var reply = await inner.BeatAsync(run, member, counter, seal.Close(SealedPlace.Of(run.Heartbeats, member), heartbeat), ct);
        return reply.Answered(out var answer) ? new(answer with { LeaderBeat = OpenOrEmpty(SealedPlace.LeaderBeat(run), answer.LeaderBeat) }) : reply;
    }

    public async ValueTask<MediumReply<DocumentVersion>> BeatLeaderAsync(RunKeys run, DocumentVersion version, ReadOnlyMemory<byte> heartbeat, CancellationToken ct) =>
        await BelieveAsync(await inner.BeatLeaderAsync(run, version, seal.Close(SealedPlace.LeaderBeat(run), heartbeat), ct), run, version, ct);

    public ValueTask<MediumReply<bool>> TakeLeaseAsync(SwarmKey key, string owner, TimeSpan time, CancellationToken ct) =>
        inner.TakeLeaseAsync(key, owner, time, ct);

    public ValueTask<MediumReply<bool>> ReleaseLeaseAsync(SwarmKey key, string owner, CancellationToken ct) => inner.ReleaseLeaseAsync(key, owner, ct);

    public ValueTask<MediumReply<DateTimeOffset>> ReadClockAsync(CancellationToken ct) => inner.ReadClockAsync(ct);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    // That there is a newer document says so much, such as that another leads, that the document itself must show it.
    private async ValueTask<MediumReply<DocumentVersion>> BelieveAsync(MediumReply<DocumentVersion> reply, RunKeys run, DocumentVersion own, CancellationToken ct)
    {
        if (!reply.Answered(out var there) || !(there > own))
        {
            return reply;
        }

        var read = await ReadDocumentAsync(run, ct);
        return !read.Answered(out var stored) ? new(read.Failure!)
            : stored is not null ? new(stored.Version)
            : new(new Problem($"{run.Document.Name} holds a version {there} that is not sealed with this swarm's key.")
            {
                Advice = "Find out who writes to this swarm, and give every member the same swarm key.",
            });
    }

    private ReadOnlyMemory<byte> OpenOrEmpty(SealedPlace place, ReadOnlyMemory<byte> text) =>
        !text.IsEmpty && TryOpen(place, text, out var content) ? content : default;

    private bool TryOpen(SealedPlace place, ReadOnlyMemory<byte> text, out ReadOnlyMemory<byte> content)
    {
        if (seal.TryOpen(place, text, out content))
        {
            return true;
        }

        _refusals.Refuse(place);
        return false;
    }
}
