using System.Text;
using System.Threading.Channels;
using Orca.Swarm;
using Orca.Swarm.Redis;
using Orca.TestKit.Servers;

namespace Orca.Tests.Swarm.Redis;

/// <summary>One connection over a server that freezes, goes away, comes back, and forgets.</summary>
public sealed class RedisConnectionTests : IAsyncDisposable
{
    private static readonly SwarmNames Names = Named();
    private static readonly RunKeys Run = Names.Run("r");

    private readonly RedisMembers _members = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_ServerFrozen_FailsWithItsTimeAndWorksOnceItGoesOn()
    {
        await using var server = await RedisServer.StartAsync();
        var medium = Impatient(server);
        await UntilAsync(async () => (await medium.ReadClockAsync(Ct)).Answered(out _));

        server.Freeze();
        var failures = await Task.WhenAll(EveryCallOf(medium));
        await _members.Log.NextAsync("1202 The connection to Redis at 127.0.0.1", Ct);
        Assert.False((await medium.ReadClockAsync(Ct)).Answered(out _));
        Assert.Equal(MediumState.Disconnected, medium.State);
        server.Thaw();
        await _members.Log.NextAsync("1203 Connected to Redis", Ct);

        Assert.All(failures, failure => Assert.Matches("^Redis at 127.0.0.1:[0-9]+ did not .*: no answer within 2 s", failure!.ToString()));
        await UntilAsync(async () => (await medium.ReadClockAsync(Ct)).Answered(out _));
        Assert.Equal(MediumState.Connected, medium.State);
    }

    [Fact]
    public async Task Dispose_ServerFrozen_Ends()
    {
        await using var server = await RedisServer.StartAsync();
        var medium = Impatient(server);
        await UntilAsync(async () => (await medium.ReadClockAsync(Ct)).Answered(out _));

        server.Freeze();

        await _members.DisposeAsync();
        Assert.Contains("is closed", (await medium.ReadClockAsync(Ct)).Failure!.ToString());
    }

    [Fact]
    public async Task Call_ServerKilledAndStartedAgain_FailsAtOnceAndWorksAgain()
    {
        await using var server = await RedisServer.StartAsync();
        var medium = Impatient(server);
        await UntilAsync(async () => (await medium.WriteFieldAsync(Names.Drones, "a", Bytes("1"), Ct)).Answered(out _));

        await server.KillAsync();
        await _members.Log.NextAsync("1202 The connection to Redis at", Ct);
        Assert.All(await Task.WhenAll(EveryCallOf(medium)), Assert.NotNull);
        await server.RestartAsync();
        await _members.Log.NextAsync("1203 Connected to Redis at", Ct);

        await UntilAsync(async () => (await medium.ReadFieldAsync(Names.Drones, "a", Ct)).Answered(out var empty) && empty.IsEmpty);
        await UntilAsync(async () => (await medium.WriteFieldAsync(Names.Drones, "a", Bytes("2"), Ct)).Answered(out _));
    }

    [Fact]
    public async Task Subscribe_ServerKilledAndStartedAgain_IsHeardAgain()
    {
        await using var server = await RedisServer.StartAsync();
        var (listener, heard) = (Impatient(server), Channel.CreateUnbounded<ReadOnlyMemory<byte>>());
        await using var subscription = await listener.SubscribeAsync("before", heard.Writer, Ct);

        await server.KillAsync();
        await _members.Log.NextAsync("1202 The connection to Redis at", Ct);
        await using var meanwhile = await listener.SubscribeAsync("meanwhile", heard.Writer, Ct);
        await server.RestartAsync();
        await _members.Log.NextAsync("1203 Connected to Redis at", Ct);

        using var eye = await RedisEye.OpenAsync(server.Endpoint);
        foreach (var channel in (string[])["before", "meanwhile"])
        {
            await UntilAsync(async () => await eye.ListenersAsync(channel) == 1);
            Assert.Equal(1, await eye.Database.PublishAsync(new(channel, StackExchange.Redis.RedisChannel.PatternMode.Literal), channel));
            Assert.Equal(channel, Text(await heard.Reader.ReadAsync(Ct)));
        }
    }

    [Fact]
    public async Task Connect_ServerIsStartedLater_SaysWhyMeanwhile()
    {
        await using var server = await RedisServer.StartAsync();
        await server.KillAsync();
        var medium = Impatient(server);

        var failure = (await medium.ReadClockAsync(Ct)).Failure!;
        await server.RestartAsync();
        await _members.Log.NextAsync("Connected to Redis at", Ct);

        Assert.Equal($"Redis at {server.Endpoint} cannot be reached: no connection; does a server listen there, without TLS?", failure.What);
        Assert.Equal("Start it, or correct Orca:Redis.", failure.Advice);
        await UntilAsync(async () => (await medium.ReadClockAsync(Ct)).Answered(out _));
    }

    [Fact]
    public async Task Dispose_AfterAllThat_LeavesNoConnection()
    {
        await using var server = await RedisServer.StartAsync();
        var medium = Impatient(server);
        await using var subscription = await medium.SubscribeAsync("c", Channel.CreateUnbounded<ReadOnlyMemory<byte>>().Writer, Ct);
        using var eye = await RedisEye.OpenAsync(server.Endpoint);
        Assert.Contains("orca-tests", await eye.ClientsAsync());
        server.Freeze();
        await _members.Log.NextAsync("1202 The connection to Redis at", Ct);
        server.Thaw();
        await _members.Log.NextAsync("1203 Connected to Redis at", Ct);

        await _members.DisposeAsync();

        await UntilAsync(async () => (await eye.ClientsAsync()).Length == 0);
        Assert.Equal(0, await eye.ListenersAsync("c"));
    }

    [Fact]
    public async Task Call_ScriptsFlushedMeanwhile_GoesOn()
    {
        await using var server = await RedisServer.StartAsync();
        var medium = Patient(server);
        for (var sequence = 1; sequence <= 3; sequence++)
        {
            Assert.True((await medium.PutNewerAsync(Run.Snapshots, "d/1", sequence, Bytes("s"), Ct)).Answered(out var put) && put);
            Assert.True((await medium.BeatAsync(Run, "d/1", sequence, Bytes("b"), Ct)).Answered(out _));
            Assert.Equal("+OK", await server.CommandAsync("SCRIPT", "FLUSH"));
        }
    }

    [Fact]
    public async Task Call_AKeyOfAnotherType_RemovesItWithOneLineEach()
    {
        await using var server = await RedisServer.StartAsync();
        var medium = Patient(server);
        foreach (var key in (SwarmKey[])[Names.Drones, Run.Document, Run.Heartbeats, Run.Members, Run.Snapshots, Run.Series, Run.Lease])
        {
            await server.CommandAsync(key == Run.Lease ? "SADD" : "SET", key.Name, "what is this");
        }

        Assert.All(await Task.WhenAll(EveryCallOf(medium)), Assert.Null);

        Assert.All(await Task.WhenAll(EveryCallOf(medium)), Assert.Null);
        await _members.DisposeAsync();
        var told = _members.Log.All.Where(line => line.StartsWith("1204 ", StringComparison.Ordinal)).ToList();
        Assert.InRange(told.Count, 6, 7);
        Assert.Equal(told.Distinct(), told);
    }

    [Theory]
    [InlineData("another")]
    [InlineData(null)]
    public async Task Connect_WrongPassword_SaysSoAndNeverShowsIt(string? password)
    {
        await using var server = await RedisServer.StartAsync("--requirepass", "right-one");
        var wrong = Patient(server, options => options.Password = password);
        var right = Patient(server, options => options.Password = "right-one");

        var failure = (await wrong.ReadClockAsync(Ct)).Failure!.ToString();

        Assert.Contains(password is null ? "it wants a password" : "does not take the password", failure, StringComparison.Ordinal);
        Assert.DoesNotContain("another", failure, StringComparison.Ordinal);
        Assert.True((await right.ReadClockAsync(Ct)).Answered(out _));
        await _members.DisposeAsync();
        Assert.DoesNotContain(_members.Log.All, line => line.Contains("right-one", StringComparison.Ordinal) || line.Contains("another", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Connect_AsAnAclUser_WorksWhereTheClientKnowsThem()
    {
        Assert.SkipUnless(RedisConfiguration.KnowsUsers, "This StackExchange.Redis knows no users: build with -p:StackExchangeRedisVersion=2.13.23.");
        await using var server = await RedisServer.StartAsync();
        Assert.Equal("+OK", await server.CommandAsync([.. "ACL SETUSER ann on >her-own ~orca:* &orca:* +@all -@admin -@dangerous +info +client|setname".Split(' ')]));
        Assert.Equal("+OK", await server.CommandAsync("ACL", "SETUSER", "default", "off"));
        var medium = Patient(server, options => (options.User, options.Password) = ("ann", "her-own"));
        var heard = Channel.CreateUnbounded<ReadOnlyMemory<byte>>();
        await using var listening = await medium.SubscribeAsync(Names.AnnounceChannel, heard.Writer, Ct);

        Assert.All(await Task.WhenAll(EveryCallOf(medium)), Assert.Null);
        Assert.Null(await Failure(medium.ForgetDocumentAsync(Run, new(1, 1), Ct)));
        Assert.Equal("m", Text(await heard.Reader.ReadAsync(Ct)));
    }

    [Fact]
    public async Task Database_OtherThanTheFirst_HoldsAllKeys()
    {
        await using var server = await RedisServer.StartAsync();
        var medium = Patient(server, options => options.Database = 5);

        Assert.All(await Task.WhenAll(EveryCallOf(medium)), Assert.Null);

        using var eye = await RedisEye.OpenAsync(server.Endpoint);
        Assert.Equal(0, (long)await eye.Database.ExecuteAsync("DBSIZE"));
        Assert.True(await eye.Connection.GetDatabase(5).KeyExistsAsync(Names.Drones.Name));
    }

    [Fact]
    public async Task Endpoints_OneIsAway_TheOtherIsUsed()
    {
        await using var server = await RedisServer.StartAsync();
        var medium = Patient(server, options => options.Endpoints.Insert(0, $"127.0.0.1:{Ports.Free()}"));

        Assert.True((await medium.WriteFieldAsync(Names.Drones, "a", Bytes("1"), Ct)).Answered(out _));
    }

    [Fact]
    public async Task Endpoints_ThePrimaryDiesAndItsReplicaIsPromoted_GoesOnThere()
    {
        await using var primary = await RedisServer.StartAsync();
        await using var replica = await RedisServer.StartAsync("--replicaof", "127.0.0.1", $"{primary.Port}");
        var medium = Impatient(primary, options => options.Endpoints.Insert(0, replica.Endpoint));
        await UntilAsync(async () => (await medium.WriteFieldAsync(Names.Drones, "a", Bytes("1"), Ct)).Answered(out _));
        using var eye = await RedisEye.OpenAsync(replica.Endpoint);
        await UntilAsync(async () => await eye.Database.HashExistsAsync(Names.Drones.Name, "a"));

        await primary.KillAsync();
        Assert.Equal("+OK", await replica.CommandAsync("REPLICAOF", "NO", "ONE"));

        await UntilAsync(async () => (await medium.WriteFieldAsync(Names.Drones, "b", Bytes("2"), Ct)).Answered(out _));
        await UntilAsync(async () => (await medium.ReadFieldAsync(Names.Drones, "a", Ct)).Answered(out var kept) && Text(kept) == "1");
    }

    [Fact]
    public async Task SharedConnection_IsUsedAndLeftAsItWas()
    {
        await using var server = await RedisServer.StartAsync();
        using var host = await RedisEye.OpenAsync(server.Endpoint, name: "host");
        using var eye = await RedisEye.OpenAsync(server.Endpoint);
        var (medium, heard) = (Shared(host), Channel.CreateUnbounded<ReadOnlyMemory<byte>>());
        await UntilAsync(async () => (await Task.WhenAll(EveryCallOf(medium))).All(failure => failure is null));
        await medium.SubscribeAsync("c", heard.Writer, Ct);
        await UntilAsync(async () => await eye.ListenersAsync("c") == 1);

        server.Freeze();
        Assert.All(await Task.WhenAll(EveryCallOf(medium)), Assert.NotNull);
        server.Thaw();
        await UntilAsync(async () => (await medium.ReadClockAsync(Ct)).Answered(out _));
        await server.KillAsync();
        await _members.Log.NextAsync("1202 The connection to Redis at", Ct);
        await server.RestartAsync();
        await UntilAsync(async () => (await medium.PublishAsync("c", Bytes("again"), Ct)) is var reply && reply.Answered(out var listeners) && listeners == 1);
        Assert.Equal("again", Text(await heard.Reader.ReadAsync(Ct)));
        await _members.DisposeAsync();

        Assert.True(await host.Database.PingAsync() > TimeSpan.Zero);
        await UntilAsync(async () => await eye.ListenersAsync("c") == 0);
    }

    public ValueTask DisposeAsync() => _members.DisposeAsync();

    // For what must work, however busy the machine is.
    private RedisSwarmMedium Patient(RedisServer server, Action<RedisOptions>? configure = null) =>
        _members.Connect(server.Endpoint, options =>
        {
            (options.Timeout, options.ConnectTimeout) = (TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10));
            configure?.Invoke(options);
        }, settings => settings with { Patience = TimeSpan.FromMinutes(1) });

    // For what must be noticed soon.
    private RedisSwarmMedium Impatient(RedisServer server, Action<RedisOptions>? configure = null) =>
        _members.Connect(server.Endpoint, options =>
        {
            (options.Timeout, options.ConnectTimeout) = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3));
            configure?.Invoke(options);
        }, Impatience);

    private RedisSwarmMedium Shared(RedisEye host) => _members.Connect(
        new SharedRedisSource(host.Connection), Impatience(new(0, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(2))));

    private static RedisSettings Impatience(RedisSettings settings) => settings with
    {
        PingPeriod = TimeSpan.FromSeconds(0.2),
        Patience = TimeSpan.FromSeconds(2),
        LongestPause = TimeSpan.FromSeconds(0.3),
    };

    // Every operation of the medium once; the problem of each that failed, null for the others.
    private static IEnumerable<Task<Problem?>> EveryCallOf(RedisSwarmMedium medium)
    {
        yield return Failure(medium.ReadClockAsync(Ct));
        yield return Failure(medium.PublishAsync("orca:{default}:announce", Bytes("m"), Ct));
        yield return Failure(medium.WriteFieldAsync(Names.Drones, "d", Bytes("1"), Ct));
        yield return Failure(medium.ReadHashAsync(Names.Drones, Ct));
        yield return Failure(medium.ReadFieldAsync(Names.Drones, "d", Ct));
        yield return Failure(medium.RemoveFieldAsync(Names.Runs, "r", Ct));
        yield return Failure(medium.AppendAsync(Run.Series, Bytes("e"), Ct));
        yield return Failure(medium.ReadListAsync(Run.Series, 0, Ct));
        yield return Failure(medium.PutDocumentAsync(Run, new(1, 1), Bytes("doc"), [], Ct));
        yield return Failure(medium.ReadDocumentAsync(Run, Ct));
        yield return Failure(medium.PutNewerAsync(Run.Snapshots, "d/1", 1, Bytes("s"), Ct));
        yield return Failure(medium.BeatAsync(Run, "d/1", 1, Bytes("b"), Ct));
        yield return Failure(medium.BeatLeaderAsync(Run, new(1, 1), Bytes("b"), Ct));
        yield return Failure(medium.TakeLeaseAsync(Run.Lease, "me", TimeSpan.FromSeconds(9), Ct));
        yield return Failure(medium.ReleaseLeaseAsync(Run.Lease, "other", Ct));
    }

    private static async Task<Problem?> Failure<T>(ValueTask<MediumReply<T>> call) => (await call).Failure;

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            await Task.Delay(50, Ct);
        }
    }

    private static SwarmNames Named()
    {
        Assert.True(SwarmNames.Of("", "default").TryGet(out var names, out _));
        return names;
    }

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
