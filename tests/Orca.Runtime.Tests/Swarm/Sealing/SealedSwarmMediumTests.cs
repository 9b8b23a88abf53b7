using System.Text;
using Microsoft.Extensions.Time.Testing;
using Orca.Swarm;
using Orca.Swarm.InMemory;
using Orca.Swarm.Sealing;
using Orca.Tests.Isolation;

namespace Orca.Tests.Swarm.Sealing;

/// <summary>A medium with the swarm key keeps the contract of a medium, and sees nothing that the key has not sealed for its place.</summary>
public sealed class SealedSwarmMediumTests : SwarmMediumContract
{
    private static readonly RunKeys Run = new("orca:{sealed}:run:1");
    private static readonly SwarmSeal Seal = SealOf("a key that is long enough");
    private readonly FakeTimeProvider _clock = new();
    private readonly LogCapture _log = new();
    private readonly InMemorySwarmStore _store;

    public SealedSwarmMediumTests() => _store = new(_clock);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private InMemorySwarmMedium Bare => new(_store);

    private protected override ISwarmMedium Connect() => new SealedSwarmMedium(Bare, Seal, _clock, _log);

    private protected override Task PassAsync(TimeSpan time)
    {
        _clock.Advance(time);
        return Task.CompletedTask;
    }

    [Fact]
    public void Of_AShortKey_IsAProblemThatDoesNotShowIt()
    {
        Assert.False(SwarmSeal.Of("hunter2").TryGet(out _, out var problems));
        Assert.Contains("has 7 characters", problems[0].ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", problems[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_WhatWasForged_IsNotSeen(bool withAnotherKey)
    {
        var forger = withAnotherKey ? new SealedSwarmMedium(Bare, SealOf("another key, also long"), _clock, _log) : (ISwarmMedium)Bare;
        await forger.WriteFieldAsync(Run.Members, "d/1", Bytes("record"), Ct);
        await forger.PutNewerAsync(Run.Snapshots, "d/1", 1, Bytes("snapshot"), Ct);
        await forger.BeatAsync(Run, "d/1", 1, Bytes("beat"), Ct);
        await forger.AppendAsync(Run.Requests, Bytes("stop"), Ct);
        await forger.PutDocumentAsync(Run, new(9, 9), Bytes("document"), [], Ct);

        var member = Connect();
        Assert.True((await member.ReadHashAsync(Run.Members, Ct)).Answered(out var records) && records.Count == 0);
        Assert.True((await member.ReadFieldAsync(Run.Members, "d/1", Ct)).Answered(out var record) && record.IsEmpty);
        Assert.True((await member.ReadHashAsync(Run.Snapshots, Ct)).Answered(out var snapshots) && snapshots.Count == 0);
        Assert.True((await member.ReadHashAsync(Run.Heartbeats, Ct)).Answered(out var beats) && beats.Count == 0);
        Assert.True((await member.ReadListAsync(Run.Requests, 0, Ct)).Answered(out var requests) && requests.Count == 0);
        Assert.True((await member.ReadDocumentAsync(Run, Ct)).Answered(out var document) && document is null);
    }

    [Fact]
    public async Task Read_WhatWasSealedForAnotherPlace_IsNotSeen()
    {
        var member = Connect();
        await member.WriteFieldAsync(Run.Members, "d/1", Bytes("record"), Ct);
        await member.BeatAsync(Run, "d/1", 1, Bytes("beat"), Ct);
        Assert.True((await Bare.ReadFieldAsync(Run.Members, "d/1", Ct)).Answered(out var record));
        Assert.True((await Bare.ReadFieldAsync(Run.Heartbeats, "d/1", Ct)).Answered(out var beat));

        // The same words under another member, another key and another run.
        var other = new RunKeys("orca:{sealed}:run:2");
        await Bare.WriteFieldAsync(Run.Members, "d/2", record, Ct);
        await Bare.WriteFieldAsync(Run.Heartbeats, "d/2", record, Ct);
        await Bare.WriteFieldAsync(other.Heartbeats, "d/1", beat, Ct);

        Assert.True((await member.ReadHashAsync(Run.Members, Ct)).Answered(out var records));
        Assert.Equal(["d/1"], records.Keys);
        Assert.True((await member.ReadHashAsync(Run.Heartbeats, Ct)).Answered(out var beats));
        Assert.Equal(["d/1"], beats.Keys);
        Assert.True((await member.ReadHashAsync(other.Heartbeats, Ct)).Answered(out var others) && others.Count == 0);
    }

    [Fact]
    public async Task ReadDocument_AnOldBodyUnderANewerVersion_IsNotSeen()
    {
        var member = Connect();
        await member.PutDocumentAsync(Run, new(1, 1), Bytes("first"), [], Ct);
        Assert.True((await Bare.ReadDocumentAsync(Run, Ct)).Answered(out var first) && first is not null);

        await Bare.PutDocumentAsync(Run, new(1, 2), first.Body, [], Ct);

        Assert.True((await member.ReadDocumentAsync(Run, Ct)).Answered(out var document) && document is null);
    }

    [Fact]
    public async Task Put_AForgedNewerVersionIsThere_TakesItsPlace()
    {
        var leader = Connect();
        await Bare.PutDocumentAsync(Run, new(7, 1), Bytes("another leads"), [], Ct);

        Assert.True((await leader.PutDocumentAsync(Run, new(1, 1), Bytes("mine"), [], Ct)).Answered(out var there));

        Assert.Equal(new(1, 1), there);
        Assert.True((await leader.ReadDocumentAsync(Run, Ct)).Answered(out var document) && document is not null);
        Assert.Contains("refused", Assert.Single(_log.Lines), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Beat_AForgedNewerVersionIsThere_FindsItForgotten()
    {
        var leader = Connect();
        await leader.PutDocumentAsync(Run, new(1, 1), Bytes("mine"), [], Ct);
        await Bare.PutDocumentAsync(Run, new(7, 1), Bytes("another leads"), [], Ct);

        Assert.True((await leader.BeatLeaderAsync(Run, new(1, 1), Bytes("beat"), Ct)).Answered(out var there));

        Assert.Equal(DocumentVersion.None, there);
        Assert.True((await Bare.ReadDocumentAsync(Run, Ct)).Answered(out var document) && document is null);
    }

    [Fact]
    public async Task Subscribe_WhatWasForged_DoesNotEvenWake()
    {
        var wake = new Wake(TimeProvider.System);
        var member = Connect();
        await using var subscription = await member.SubscribeAsync("channel", new WakeWriter(wake), Ct);
        var waiting = wake.WaitAsync(TimeSpan.FromMinutes(5), Ct);

        await Bare.PublishAsync("channel", Bytes("wake up"), Ct);
        Assert.False(waiting.IsCompleted);

        await member.PublishAsync("channel", Bytes("wake up"), Ct);
        await waiting;
    }

    [Fact]
    public async Task Refusals_ManyInAMinute_AreLoggedOnce()
    {
        var member = Connect();
        await Bare.WriteFieldAsync(Run.Members, "d/1", Bytes("forged"), Ct);
        for (var i = 0; i < 59; i++)
        {
            await member.ReadHashAsync(Run.Members, Ct);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Single(_log.Lines);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await member.ReadHashAsync(Run.Members, Ct);

        Assert.Equal(2, _log.Lines.Count);
        Assert.Contains("60 times so far; now d/1 of", _log.Lines.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_SealedByAMemberWithoutTheKey_SaysWhatIsMissing()
    {
        await Connect().WriteFieldAsync(Run.Members, "d/1", Bytes("record"), Ct);
        Assert.True((await Bare.ReadFieldAsync(Run.Members, "d/1", Ct)).Answered(out var text));

        Assert.False(SwarmJson.Read<Orca.Swarm.Documents.MemberRecord>(text, "member").TryGet(out _, out var problems));
        Assert.Contains("sealed with a swarm key, and this member has none", problems[0].ToString(), StringComparison.Ordinal);
    }

    private static SwarmSeal SealOf(string key) => SwarmSeal.Of(key).TryGet(out var seal, out _) ? seal : throw new InvalidOperationException();

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
