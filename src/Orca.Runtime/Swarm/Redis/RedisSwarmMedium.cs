using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Orca.Swarm.Redis;

/// <summary>A member's view of a swarm over Redis. The connection under it may serve several members, and outlives this.</summary>
internal sealed class RedisSwarmMedium(RedisConnection connection, ILogger logger) : ISwarmMedium
{
    private const string Hash = "hash";
    private const string List = "list";
    private const string Text = "string";

    public MediumState State => connection.IsConnected ? MediumState.Connected : MediumState.Disconnected;

    public ValueTask<MediumReply<long>> PublishAsync(string channel, ReadOnlyMemory<byte> message, CancellationToken ct) =>
        connection.CallAsync(
            "take a message", db => db.PublishAsync(new RedisChannel(channel, RedisChannel.PatternMode.Literal), Value(message)), ct);

    public async ValueTask<IAsyncDisposable> SubscribeAsync(string channel, ChannelWriter<ReadOnlyMemory<byte>> writer, CancellationToken ct)
    {
        await connection.Tried.WaitAsync(ct);
        await connection.Subscriptions.AddAsync(channel, writer, ct);
        return new RedisSubscription(connection.Subscriptions, channel, writer);
    }

    public ValueTask<MediumReply<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>>> ReadHashAsync(SwarmKey key, CancellationToken ct) =>
        CallAsync(
            "read a hash",
            [(key, Hash)],
            async db =>
            {
                var fields = await db.HashGetAllAsync(key.Name);
                var hash = new Dictionary<string, ReadOnlyMemory<byte>>(fields.Length, StringComparer.Ordinal);
                foreach (var field in fields)
                {
                    hash[field.Name!] = Bytes(field.Value);
                }

                return (IReadOnlyDictionary<string, ReadOnlyMemory<byte>>)hash;
            },
            ct);

    public ValueTask<MediumReply<ReadOnlyMemory<byte>>> ReadFieldAsync(SwarmKey key, string field, CancellationToken ct) =>
        CallAsync("read a field", [(key, Hash)], async db => Bytes(await db.HashGetAsync(key.Name, field)), ct);

    public ValueTask<MediumReply<bool>> WriteFieldAsync(SwarmKey key, string field, ReadOnlyMemory<byte> value, CancellationToken ct) =>
        ScriptAsync("write a field", RedisScripts.WriteField, [(key, Hash)], [field, Value(value), Lifetime(key)], IsOne, ct);

    public ValueTask<MediumReply<bool>> RemoveFieldAsync(SwarmKey key, string field, CancellationToken ct) =>
        CallAsync("remove a field", [(key, Hash)], db => db.HashDeleteAsync(key.Name, field), ct);

    public ValueTask<MediumReply<long>> AppendAsync(SwarmKey key, ReadOnlyMemory<byte> value, CancellationToken ct) =>
        ScriptAsync("append to a list", RedisScripts.Append, [(key, List)], [Value(value), Lifetime(key)], static answer => (long)answer, ct);

    public ValueTask<MediumReply<IReadOnlyList<ReadOnlyMemory<byte>>>> ReadListAsync(SwarmKey key, long from, CancellationToken ct) =>
        CallAsync(
            "read a list",
            [(key, List)],
            async db => (IReadOnlyList<ReadOnlyMemory<byte>>)[.. (await db.ListRangeAsync(key.Name, from)).Select(Bytes)],
            ct);

    public ValueTask<MediumReply<DocumentVersion>> PutDocumentAsync(
        RunKeys run, DocumentVersion version, ReadOnlyMemory<byte> body, IReadOnlyList<SilentMember> silent, CancellationToken ct) =>
        ScriptAsync(
            "take the run document",
            RedisScripts.PutDocument,
            [(run.Document, Hash), (run.Heartbeats, Hash)],
            [
                version.Fencing, version.Number, Value(body), Lifetime(run.Document),
                .. silent.SelectMany(member => (RedisValue[])[member.Member, Value(member.Heartbeat)]),
            ],
            Version,
            ct);

    public ValueTask<MediumReply<StoredDocument?>> ReadDocumentAsync(RunKeys run, CancellationToken ct) =>
        CallAsync(
            "read the run document",
            [(run.Document, Hash)],
            async db =>
            {
                var fields = await db.HashGetAsync(run.Document.Name, ["fencing", "number", "body", "leader"]);
                return fields[2].IsNull ? null : new StoredDocument(new(Number(fields[0]), Number(fields[1])), Bytes(fields[2]), Bytes(fields[3]));
            },
            ct);

    public ValueTask<MediumReply<bool>> ForgetDocumentAsync(RunKeys run, DocumentVersion version, CancellationToken ct) =>
        ScriptAsync("forget the run document", RedisScripts.ForgetDocument, [(run.Document, Hash)], [version.Fencing, version.Number], IsOne, ct);

    public ValueTask<MediumReply<bool>> PutNewerAsync(SwarmKey key, string field, long sequence, ReadOnlyMemory<byte> value, CancellationToken ct) =>
        ScriptAsync(
            "take a snapshot",
            RedisScripts.PutNewer,
            [(key, Hash), (Sequences(key), Hash)],
            [field, sequence, Value(value), Lifetime(key)],
            IsOne,
            ct);

    public ValueTask<MediumReply<BeatAnswer>> BeatAsync(RunKeys run, string member, long counter, ReadOnlyMemory<byte> heartbeat, CancellationToken ct) =>
        ScriptAsync(
            "take a heartbeat",
            RedisScripts.Beat,
            [(run.Heartbeats, Hash), (Sequences(run.Heartbeats), Hash), (run.Document, Hash), (run.Members, Hash)],
            [member, counter, Value(heartbeat), Lifetime(run.Heartbeats)],
            static answer =>
            {
                var parts = (RedisResult[])answer!;
                return new BeatAnswer(new((long)parts[0], (long)parts[1]), (byte[]?)parts[2] ?? [], (long)parts[3] == 1);
            },
            ct);

    public ValueTask<MediumReply<DocumentVersion>> BeatLeaderAsync(RunKeys run, DocumentVersion version, ReadOnlyMemory<byte> heartbeat, CancellationToken ct) =>
        ScriptAsync(
            "take the leader's heartbeat",
            RedisScripts.BeatLeader,
            [(run.Document, Hash)],
            [version.Fencing, version.Number, Value(heartbeat), Lifetime(run.Document)],
            Version,
            ct);

    public ValueTask<MediumReply<bool>> TakeLeaseAsync(SwarmKey key, string owner, TimeSpan time, CancellationToken ct) =>
        ScriptAsync("give the lease", RedisScripts.TakeLease, [(key, Text)], [owner, (long)time.TotalMilliseconds], IsOne, ct);

    public ValueTask<MediumReply<bool>> ReleaseLeaseAsync(SwarmKey key, string owner, CancellationToken ct) =>
        ScriptAsync("take the lease back", RedisScripts.ReleaseLease, [(key, Text)], [owner], IsOne, ct);

    public ValueTask<MediumReply<DateTimeOffset>> ReadClockAsync(CancellationToken ct) =>
        connection.CallAsync(
            "tell the time",
            async db =>
            {
                var parts = (RedisResult[])(await db.ExecuteAsync("TIME"))!;
                return DateTimeOffset.UnixEpoch.AddSeconds((long)parts[0]).AddMicroseconds((long)parts[1]);
            },
            ct);

    public ValueTask DisposeAsync() => default;

    private ValueTask<MediumReply<T>> ScriptAsync<T>(
        string what, string script, (SwarmKey Key, string Type)[] keys, RedisValue[] arguments, Func<RedisResult, T> read, CancellationToken ct)
    {
        var names = Array.ConvertAll(keys, key => (RedisKey)key.Key.Name);
        return CallAsync(what, keys, async db => read(await EvaluateAsync(db, script, names, arguments)), ct);
    }

    // The server knows a script by its hash until someone flushes the scripts.
    private static async Task<RedisResult> EvaluateAsync(IDatabase db, string script, RedisKey[] keys, RedisValue[] arguments)
    {
        try
        {
            return await db.ScriptEvaluateAsync(script, keys, arguments);
        }
        catch (RedisServerException e) when (e.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            return await db.ScriptEvaluateAsync(script, keys, arguments, CommandFlags.NoScriptCache);
        }
    }

    // What another program left under one of Orca's names is removed, like anything that was never there.
    private async ValueTask<MediumReply<T>> CallAsync<T>(
        string what, (SwarmKey Key, string Type)[] keys, Func<IDatabase, Task<T>> operation, CancellationToken ct)
    {
        var reply = await connection.CallAsync(what, operation, ct);
        if (reply.Failure is { } failure && failure.What.Contains("WRONGTYPE", StringComparison.Ordinal))
        {
            var removed = await connection.CallAsync(
                "remove what is not Orca's",
                db => EvaluateAsync(
                    db, RedisScripts.RemoveForeign, Array.ConvertAll(keys, key => (RedisKey)key.Key.Name), Array.ConvertAll(keys, key => (RedisValue)key.Type)),
                ct);
            if (removed.Answered(out var answer))
            {
                // Others may have met it at the same time: whoever removed it tells.
                foreach (var index in (RedisResult[])answer!)
                {
                    RedisLog.ForeignKey(logger, keys[(int)index].Key.Name, failure.What);
                }

                reply = await connection.CallAsync(what, operation, ct);
            }
        }

        return reply;
    }

    private static SwarmKey Sequences(SwarmKey key) => key with { Name = key.Name + ":sequences" };

    private static RedisValue Lifetime(SwarmKey key) => (long)(key.Lifetime?.TotalMilliseconds ?? 0);

    private static DocumentVersion Version(RedisResult answer)
    {
        var parts = (RedisResult[])answer!;
        return new((long)parts[0], (long)parts[1]);
    }

    private static bool IsOne(RedisResult answer) => (long)answer == 1;

    private static long Number(RedisValue value) =>
        long.TryParse((string?)value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static ReadOnlyMemory<byte> Bytes(RedisValue value) => (byte[]?)value ?? [];

    private static RedisValue Value(ReadOnlyMemory<byte> bytes) => bytes.ToArray();
}
