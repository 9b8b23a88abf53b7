using System.Threading.Channels;

namespace Orca.Swarm;

/// <summary>All that leader and drones share, and all that knows a server. One instance is one member's connection.</summary>
/// <remarks>
/// State is the truth, messages only wake: a message may be lost, doubled or reordered, so whoever waits also re-reads the
/// state each second, and every write can be repeated. No call throws for a medium that is away, and none hangs.
/// </remarks>
internal interface ISwarmMedium : IAsyncDisposable
{
    MediumState State { get; }

    /// <summary>Whether it shows only what was sealed with the swarm's key: others may write to the server, and put old texts in the place of new ones.</summary>
    bool IsSealed => false;

    /// <summary>Sends a message to whoever listens now; the answer is how many did, as far as the medium knows.</summary>
    ValueTask<MediumReply<long>> PublishAsync(string channel, ReadOnlyMemory<byte> message, CancellationToken ct);

    /// <summary>Writes what comes over a channel to <paramref name="writer"/>, which never blocks, until disposed; survives a medium that goes away and comes back.</summary>
    ValueTask<IAsyncDisposable> SubscribeAsync(string channel, ChannelWriter<ReadOnlyMemory<byte>> writer, CancellationToken ct);

    ValueTask<MediumReply<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>>> ReadHashAsync(SwarmKey key, CancellationToken ct);

    /// <summary>One field of a hash; empty where there is none.</summary>
    ValueTask<MediumReply<ReadOnlyMemory<byte>>> ReadFieldAsync(SwarmKey key, string field, CancellationToken ct);

    ValueTask<MediumReply<bool>> WriteFieldAsync(SwarmKey key, string field, ReadOnlyMemory<byte> value, CancellationToken ct);

    ValueTask<MediumReply<bool>> RemoveFieldAsync(SwarmKey key, string field, CancellationToken ct);

    /// <summary>Appends to a list; the answer is its new length.</summary>
    ValueTask<MediumReply<long>> AppendAsync(SwarmKey key, ReadOnlyMemory<byte> value, CancellationToken ct);

    /// <summary>A list's elements from an index on.</summary>
    ValueTask<MediumReply<IReadOnlyList<ReadOnlyMemory<byte>>>> ReadListAsync(SwarmKey key, long from, CancellationToken ct);

    /// <summary>
    /// In one step: writes a run document where there is none or an older one, and the heartbeats of <paramref name="silent"/> members
    /// are still those; the answer is the version that is there then.
    /// </summary>
    /// <remarks>So a member is declared lost only if it has not come back in the very last moment.</remarks>
    ValueTask<MediumReply<DocumentVersion>> PutDocumentAsync(
        RunKeys run, DocumentVersion version, ReadOnlyMemory<byte> body, IReadOnlyList<SilentMember> silent, CancellationToken ct);

    /// <summary>The run document with its leader's heartbeat, or null.</summary>
    ValueTask<MediumReply<StoredDocument?>> ReadDocumentAsync(RunKeys run, CancellationToken ct);

    /// <summary>In one step: writes a field where it is missing or has a lower sequence; false where an equal or higher one is there.</summary>
    ValueTask<MediumReply<bool>> PutNewerAsync(SwarmKey key, string field, long sequence, ReadOnlyMemory<byte> value, CancellationToken ct);

    /// <summary>In one step: writes a member's heartbeat, unless one with an equal or higher counter is there, and answers with what the member must know of the run.</summary>
    /// <remarks>So a heartbeat that was held up on its way never hides what a later one has claimed.</remarks>
    ValueTask<MediumReply<BeatAnswer>> BeatAsync(RunKeys run, string member, long counter, ReadOnlyMemory<byte> heartbeat, CancellationToken ct);

    /// <summary>In one step: writes the heartbeat of the run's leader where the document is of exactly its version; the answer is the document's version.</summary>
    /// <remarks>So a heartbeat in a medium that was wiped tells members that the leader has put back what it knows.</remarks>
    ValueTask<MediumReply<DocumentVersion>> BeatLeaderAsync(RunKeys run, DocumentVersion version, ReadOnlyMemory<byte> heartbeat, CancellationToken ct);

    /// <summary>In one step: takes or renews a lease that is free, past its time, or the owner's already.</summary>
    ValueTask<MediumReply<bool>> TakeLeaseAsync(SwarmKey key, string owner, TimeSpan time, CancellationToken ct);

    ValueTask<MediumReply<bool>> ReleaseLeaseAsync(SwarmKey key, string owner, CancellationToken ct);

    /// <summary>The clock that all members share.</summary>
    ValueTask<MediumReply<DateTimeOffset>> ReadClockAsync(CancellationToken ct);
}
