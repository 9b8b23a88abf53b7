using System.Text;
using Orca.Swarm;
using Orca.TestKit.Servers;
using StackExchange.Redis;

namespace Orca.Tests.Swarm;

/// <summary>Someone who may write to the swarm's server and knows all its names, but no key.</summary>
internal sealed class Vandal : IDisposable
{
    private readonly IConnectionMultiplexer _connection;
    private readonly SwarmNames _names;

    private Vandal(IConnectionMultiplexer connection, SwarmNames names) => (_connection, _names) = (connection, names);

    /// <summary>What has no business in a swarm: nothing, noise, half a document, another version's, another kind's, something huge.</summary>
    public static IReadOnlyList<(string Name, byte[] Bytes)> Garbage { get; } =
    [
        ("empty", []),
        ("noise", Noise(300)),
        ("half", "{\"v\":1,\"type\":\"member\",\"drone\":\"nor"u8.ToArray()),
        ("version", "{\"v\":9,\"type\":\"member\",\"something\":[]}"u8.ToArray()),
        ("kind", "{\"v\":1,\"type\":\"song\",\"drone\":\"north\"}"u8.ToArray()),
        ("number", "-1e999"u8.ToArray()),
        ("deep", Encoding.UTF8.GetBytes(new string('[', 20_000))),
        ("huge", Noise(10 * 1024 * 1024)),
    ];

    private IDatabase Database => _connection.GetDatabase(0);

    public static async Task<Vandal> ComeAsync(RedisServer server)
    {
        Assert.True(SwarmNames.Of("", ProcessSwarm.Name).TryGet(out var names, out _));
        return new(await ConnectionMultiplexer.ConnectAsync(server.Endpoint), names);
    }

    /// <summary>Shouts garbage on every channel.</summary>
    public async Task ShoutAsync(string run)
    {
        var keys = _names.Run(run);
        foreach (var channel in (string[])[_names.AnnounceChannel, keys.LeaderChannel, keys.DronesChannel])
        {
            foreach (var (_, bytes) in Garbage)
            {
                await Database.PublishAsync(new RedisChannel(channel, RedisChannel.PatternMode.Literal), bytes);
            }
        }
    }

    /// <summary>Puts garbage of so many bytes at most beside what is in every hash and list.</summary>
    public async Task LitterAsync(string run, int most = int.MaxValue)
    {
        var keys = _names.Run(run);
        foreach (var (name, bytes) in Garbage.Where(garbage => garbage.Bytes.Length <= most))
        {
            foreach (var hash in (SwarmKey[])[_names.Drones, _names.Runs, keys.Document, keys.Members, keys.Heartbeats, keys.Snapshots])
            {
                await TryAsync(() => Database.HashSetAsync(hash.Name, name, bytes));
            }

            foreach (var list in (SwarmKey[])[keys.Series, keys.Events, keys.Requests])
            {
                await TryAsync(() => Database.ListRightPushAsync(list.Name, bytes));
            }
        }
    }

    /// <summary>Takes its largest values away again: what is read each time costs the machine more than it shows.</summary>
    public async Task TakeLargestAwayAsync(string run)
    {
        var keys = _names.Run(run);
        var (name, bytes) = Garbage[^1];
        foreach (var hash in (SwarmKey[])[_names.Drones, _names.Runs, keys.Document, keys.Members, keys.Heartbeats, keys.Snapshots])
        {
            await TryAsync(() => Database.HashDeleteAsync(hash.Name, name));
        }

        foreach (var list in (SwarmKey[])[keys.Series, keys.Events, keys.Requests])
        {
            await TryAsync(() => Database.ListRemoveAsync(list.Name, bytes));
        }
    }

    /// <summary>Puts garbage in the place of what the members and the leader have written.</summary>
    public async Task SmearAsync(string run)
    {
        var keys = _names.Run(run);
        foreach (var hash in (SwarmKey[])[_names.Drones, _names.Runs, keys.Members, keys.Heartbeats, keys.Snapshots])
        {
            foreach (var field in (await Database.HashKeysAsync(hash.Name)).Where(field => Garbage.All(garbage => garbage.Name != field)))
            {
                await Database.HashSetAsync(hash.Name, field, Noise(100));
            }
        }

        await Database.HashSetAsync(keys.Document.Name, [new("body", Noise(100)), new("leader", "{}")]);
        await Database.StringSetAsync(keys.Lease.Name, "mine");
    }

    /// <summary>Puts something of another type in the place of every key, all in one step.</summary>
    public async Task ReplaceAsync(string run)
    {
        var keys = _names.Run(run);
        var all = Database.CreateTransaction();
        List<Task> steps = [];
        foreach (var key in (SwarmKey[])[_names.Drones, _names.Runs, keys.Document, keys.Members, keys.Heartbeats, keys.Snapshots, keys.Series, keys.Events, keys.Requests, keys.Lease])
        {
            steps.Add(all.KeyDeleteAsync(key.Name));
            steps.Add(all.SetAddAsync(key.Name, "mine"));
        }

        Assert.True(await all.ExecuteAsync());
        await Task.WhenAll(steps);
    }

    /// <summary>Announces a run, with a document that is in order but for its seal.</summary>
    public async Task AnnounceAsync(string run, ReadOnlyMemory<byte> document, ReadOnlyMemory<byte> entry)
    {
        await ForgeAsync(run, new(1, 1), document);
        await Database.HashSetAsync(_names.Runs.Name, run, entry.ToArray());
        await Database.PublishAsync(new RedisChannel(_names.AnnounceChannel, RedisChannel.PatternMode.Literal), Encoding.UTF8.GetBytes("{\"v\":1,\"type\":\"announcement\",\"run\":\"" + run + "\"}"));
    }

    /// <summary>Writes a run document under a version of its own.</summary>
    public Task ForgeAsync(string run, DocumentVersion version, ReadOnlyMemory<byte> document) => Database.HashSetAsync(
        _names.Run(run).Document.Name,
        [new("fencing", version.Fencing), new("number", version.Number), new("body", document.ToArray())]);

    /// <summary>Asks the leader to stop.</summary>
    public Task AskToStopAsync(string run) => Database.ListRightPushAsync(
        _names.Run(run).Requests.Name,
        "{\"v\":1,\"type\":\"request\",\"run\":\"" + run + "\",\"id\":\"1\",\"action\":\"stop\",\"by\":\"a vandal\"}");

    /// <summary>What a drone says of itself in a run, once it does.</summary>
    public async Task<string> MemberAsync(string run, string drone, CancellationToken ct)
    {
        while (true)
        {
            var fields = await Database.HashGetAllAsync(_names.Run(run).Members.Name);
            if (fields.FirstOrDefault(field => ((string)field.Name!).StartsWith(drone + "/", StringComparison.Ordinal)) is { Name.IsNull: false } found)
            {
                return found.Value!;
            }

            await Task.Delay(50, ct);
        }
    }

    public void Dispose() => _connection.Dispose();

    // Where its own work of before is still in its way.
    private static async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (RedisServerException e) when (e.Message.StartsWith("WRONGTYPE", StringComparison.Ordinal))
        {
            TestContext.Current.TestOutputHelper!.WriteLine(e.Message);
        }
    }

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
