using System.Text;
using System.Threading.Channels;
using Orca.Swarm;

namespace Orca.Tests.Swarm;

/// <summary>What every medium must do. A medium is put under it by deriving from this class.</summary>
public abstract class SwarmMediumContract : IAsyncLifetime
{
    private static readonly SwarmKey Key = new("orca:{contract}:key", null);
    private static readonly RunKeys Run = new("orca:{contract}:run:1");
    private readonly List<ISwarmMedium> _media = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Connects another member to the same swarm.</summary>
    private protected abstract ISwarmMedium Connect();

    /// <summary>Lets so much time pass on the shared clock.</summary>
    private protected abstract Task PassAsync(TimeSpan time);

    [Fact]
    public async Task Publish_WithListeners_ReachesEachOfThem()
    {
        var (speaker, first, second) = (Member(), Member(), Member());
        var (heardFirst, heardSecond) = (Channel.CreateUnbounded<ReadOnlyMemory<byte>>(), Channel.CreateUnbounded<ReadOnlyMemory<byte>>());
        await using var one = await first.SubscribeAsync("c", heardFirst.Writer, Ct);
        await using var two = await second.SubscribeAsync("c", heardSecond.Writer, Ct);

        Assert.True((await speaker.PublishAsync("c", Bytes("hello"), Ct)).Answered(out _));

        Assert.Equal("hello", Text(await heardFirst.Reader.ReadAsync(Ct)));
        Assert.Equal("hello", Text(await heardSecond.Reader.ReadAsync(Ct)));
    }

    [Fact]
    public async Task Publish_AfterListenerLeft_DoesNotReachIt()
    {
        var (speaker, listener) = (Member(), Member());
        var heard = Channel.CreateUnbounded<ReadOnlyMemory<byte>>();
        var subscription = await listener.SubscribeAsync("c", heard.Writer, Ct);
        await subscription.DisposeAsync();

        Assert.True((await speaker.PublishAsync("c", Bytes("hello"), Ct)).Answered(out var count));

        Assert.Equal(0, count);
        Assert.False(heard.Reader.TryRead(out _));
    }

    [Fact]
    public async Task WriteField_ThenReadByAnother_IsThere()
    {
        var (writer, reader) = (Member(), Member());
        await writer.WriteFieldAsync(Key, "a", Bytes("1"), Ct);
        await writer.WriteFieldAsync(Key, "b", Bytes("2"), Ct);
        await writer.WriteFieldAsync(Key, "a", Bytes("3"), Ct);

        Assert.True((await reader.ReadHashAsync(Key, Ct)).Answered(out var hash));
        Assert.Equal(["a=3", "b=2"], hash.Select(field => $"{field.Key}={Text(field.Value)}").Order(StringComparer.Ordinal));
        Assert.True((await reader.ReadFieldAsync(Key, "b", Ct)).Answered(out var value));
        Assert.Equal("2", Text(value));
    }

    [Fact]
    public async Task ReadField_Missing_IsEmpty()
    {
        Assert.True((await Member().ReadFieldAsync(Key, "none", Ct)).Answered(out var value));
        Assert.True(value.IsEmpty);
    }

    [Fact]
    public async Task RemoveField_Present_IsGone()
    {
        var medium = Member();
        await medium.WriteFieldAsync(Key, "a", Bytes("1"), Ct);

        Assert.True((await medium.RemoveFieldAsync(Key, "a", Ct)).Answered(out var removed) && removed);
        Assert.True((await medium.RemoveFieldAsync(Key, "a", Ct)).Answered(out var again) && !again);
        Assert.True((await medium.ReadHashAsync(Key, Ct)).Answered(out var hash) && hash.Count == 0);
    }

    [Fact]
    public async Task Append_Several_AreReadInOrderFromAnIndex()
    {
        var medium = Member();
        foreach (var text in (string[])["x", "y", "z"])
        {
            await medium.AppendAsync(Key, Bytes(text), Ct);
        }

        Assert.True((await Member().ReadListAsync(Key, 1, Ct)).Answered(out var list));
        Assert.Equal(["y", "z"], list.Select(Text));
        Assert.True((await Member().ReadListAsync(Key, 3, Ct)).Answered(out var rest) && rest.Count == 0);
    }

    [Fact]
    public async Task PutDocument_OlderOrEqual_ChangesNothing()
    {
        var medium = Member();
        Assert.Equal(new(2, 5), await PutAsync(medium, new(2, 5), "first"));
        Assert.Equal(new(2, 5), await PutAsync(medium, new(2, 4), "older"));
        Assert.Equal(new(2, 5), await PutAsync(medium, new(1, 9), "an older leader's"));
        Assert.Equal(new(2, 5), await PutAsync(medium, new(2, 5), "again"));

        Assert.True((await medium.ReadDocumentAsync(Run, Ct)).Answered(out var stored));
        Assert.Equal("first", Text(stored!.Body));
        Assert.Equal(new(2, 5), stored.Version);
    }

    [Fact]
    public async Task PutDocument_Newer_ReplacesItAndKeepsTheLeadersBeat()
    {
        var medium = Member();
        await PutAsync(medium, new(1, 9), "old");
        await medium.BeatLeaderAsync(Run, new(1, 9), Bytes("beat"), Ct);
        Assert.Equal(new(2, 1), await PutAsync(medium, new(2, 1), "a newer leader's"));

        Assert.True((await medium.ReadDocumentAsync(Run, Ct)).Answered(out var stored));
        Assert.Equal("a newer leader's", Text(stored!.Body));
        Assert.Equal("beat", Text(stored.LeaderBeat));
    }

    [Fact]
    public async Task PutDocument_ASilentMemberHasComeBack_ChangesNothing()
    {
        var (leader, member) = (Member(), Member());
        await PutAsync(leader, new(1, 1), "old");
        await member.BeatAsync(Run, "d/1", 1, Bytes("beat 1"), Ct);
        await member.BeatAsync(Run, "d/1", 2, Bytes("beat 2"), Ct);

        Assert.Equal(new(1, 1), await PutAsync(leader, new(1, 2), "lost", new SilentMember("d/1", Bytes("beat 1"))));
        Assert.Equal(new(1, 1), await PutAsync(leader, new(1, 2), "lost", new SilentMember("d/1", default)));
        Assert.Equal(new(1, 2), await PutAsync(leader, new(1, 2), "lost", new SilentMember("d/1", Bytes("beat 2")), new SilentMember("unheard/1", default)));
    }

    [Fact]
    public async Task ReadDocument_Missing_IsNull()
    {
        Assert.True((await Member().ReadDocumentAsync(Run, Ct)).Answered(out var stored));
        Assert.Null(stored);
    }

    [Fact]
    public async Task PutNewer_BySequence_TheHigherWins()
    {
        var medium = Member();
        Assert.True((await medium.PutNewerAsync(Key, "m", 2, Bytes("two"), Ct)).Answered(out var put) && put);
        Assert.True((await medium.PutNewerAsync(Key, "m", 1, Bytes("one"), Ct)).Answered(out var late) && !late);
        Assert.True((await medium.PutNewerAsync(Key, "m", 2, Bytes("two again"), Ct)).Answered(out var twice) && !twice);
        Assert.True((await medium.PutNewerAsync(Key, "m", 10, Bytes("ten"), Ct)).Answered(out var newer) && newer);

        Assert.True((await medium.ReadHashAsync(Key, Ct)).Answered(out var hash));
        Assert.Equal("ten", Text(hash["m"]));
    }

    [Fact]
    public async Task Beat_WithDocument_AnswersItsVersionAndTheLeadersBeat()
    {
        var (member, leader) = (Member(), Member());
        Assert.True((await member.BeatAsync(Run, "d/1", 1, Bytes("beat"), Ct)).Answered(out var before));
        Assert.Equal(DocumentVersion.None, before.Document);
        Assert.True(before.LeaderBeat.IsEmpty);
        Assert.False(before.MemberIsKnown);
        await member.WriteFieldAsync(Run.Members, "d/1", Bytes("record"), Ct);

        await PutAsync(leader, new(1, 3), "document");
        Assert.True((await leader.BeatLeaderAsync(Run, new(1, 3), Bytes("alive"), Ct)).Answered(out var version));
        Assert.Equal(new(1, 3), version);
        Assert.True((await member.BeatAsync(Run, "d/1", 2, Bytes("beat"), Ct)).Answered(out var after));
        Assert.Equal(new(1, 3), after.Document);
        Assert.Equal("alive", Text(after.LeaderBeat));
        Assert.True(after.MemberIsKnown);
        Assert.True((await leader.ReadHashAsync(Run.Heartbeats, Ct)).Answered(out var beats));
        Assert.Equal("beat", Text(beats["d/1"]));
    }

    [Fact]
    public async Task Beat_HeldUpOnItsWay_DoesNotHideALaterOne()
    {
        var member = Member();
        await member.BeatAsync(Run, "d/1", 9, Bytes("nine"), Ct);
        await member.BeatAsync(Run, "d/1", 10, Bytes("ten"), Ct);

        Assert.True((await member.BeatAsync(Run, "d/1", 9, Bytes("nine"), Ct)).Answered(out _));

        Assert.True((await member.ReadHashAsync(Run.Heartbeats, Ct)).Answered(out var beats));
        Assert.Equal("ten", Text(beats["d/1"]));
    }

    [Theory]
    [InlineData(1, 9)]
    [InlineData(2, 2)]
    public async Task BeatLeader_OfAnotherVersion_IsNotSeen(long fencing, long number)
    {
        var medium = Member();
        await PutAsync(medium, new(2, 1), "document");
        await medium.BeatLeaderAsync(Run, new(2, 1), Bytes("first"), Ct);

        Assert.True((await medium.BeatLeaderAsync(Run, new(fencing, number), Bytes("other"), Ct)).Answered(out var version));

        Assert.Equal(new(2, 1), version);
        Assert.True((await medium.BeatAsync(Run, "d/1", 1, Bytes("beat"), Ct)).Answered(out var answer));
        Assert.Equal("first", Text(answer.LeaderBeat));
    }

    [Fact]
    public async Task ForgetDocument_OfExactlyThatVersion_IsGone()
    {
        var (leader, other) = (Member(), Member());
        await PutAsync(leader, new(1, 2), "body");

        Assert.True((await other.ForgetDocumentAsync(Run, new(1, 1), Ct)).Answered(out var older) && !older);
        Assert.True((await other.ForgetDocumentAsync(Run, new(1, 2), Ct)).Answered(out var exactly) && exactly);

        Assert.True((await leader.ReadDocumentAsync(Run, Ct)).Answered(out var stored) && stored is null);
        Assert.True((await other.ForgetDocumentAsync(Run, new(1, 2), Ct)).Answered(out var again) && !again);
    }

    [Fact]
    public async Task TakeLease_HeldByAnother_FailsUntilItsTimeIsOver()
    {
        var medium = Member();
        Assert.True(await TakeAsync(medium, "a"));
        Assert.False(await TakeAsync(medium, "b"));
        Assert.True(await TakeAsync(medium, "a"));

        await PassAsync(TimeSpan.FromSeconds(2.1));

        Assert.True(await TakeAsync(medium, "b"));
        Assert.False(await TakeAsync(medium, "a"));
    }

    [Fact]
    public async Task ReleaseLease_ByItsOwnerOnly_FreesIt()
    {
        var medium = Member();
        await TakeAsync(medium, "a");
        Assert.True((await medium.ReleaseLeaseAsync(Key, "b", Ct)).Answered(out var notMine) && !notMine);
        Assert.False(await TakeAsync(medium, "b"));
        Assert.True((await medium.ReleaseLeaseAsync(Key, "a", Ct)).Answered(out var mine) && mine);
        Assert.True(await TakeAsync(medium, "b"));
    }

    [Fact]
    public async Task Key_WithALifetime_IsForgottenAfterItsLastWrite()
    {
        var medium = Member();
        var key = new SwarmKey("orca:{contract}:short", TimeSpan.FromSeconds(2));
        long began;
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? kept;
        do
        {
            // Again where the machine itself took longer than the key may live.
            await medium.WriteFieldAsync(key, "a", Bytes("1"), Ct);
            began = TimeProvider.System.GetTimestamp();
            await PassAsync(TimeSpan.FromSeconds(1.2));
            await medium.WriteFieldAsync(key, "b", Bytes("2"), Ct);
            await PassAsync(TimeSpan.FromSeconds(1.2));
            Assert.True((await medium.ReadHashAsync(key, Ct)).Answered(out kept));
        }
        while (TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(3));

        Assert.Equal(2, kept.Count);
        await PassAsync(TimeSpan.FromSeconds(1.2));
        Assert.True((await medium.ReadHashAsync(key, Ct)).Answered(out var forgotten) && forgotten.Count == 0);
    }

    [Fact]
    public async Task ReadClock_ByTwoMembers_MovesOnTogether()
    {
        var (first, second) = (Member(), Member());
        Assert.True((await first.ReadClockAsync(Ct)).Answered(out var before));
        await PassAsync(TimeSpan.FromSeconds(1));
        Assert.True((await second.ReadClockAsync(Ct)).Answered(out var after));
        Assert.InRange((after - before).TotalSeconds, 0.99, 30);
    }

    public virtual ValueTask InitializeAsync() => default;

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var medium in _media)
        {
            await medium.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    private ISwarmMedium Member()
    {
        var medium = Connect();
        _media.Add(medium);
        return medium;
    }

    private static async Task<DocumentVersion> PutAsync(ISwarmMedium medium, DocumentVersion version, string body, params SilentMember[] silent)
    {
        Assert.True((await medium.PutDocumentAsync(Run, version, Bytes(body), silent, Ct)).Answered(out var there));
        return there;
    }

    private static async Task<bool> TakeAsync(ISwarmMedium medium, string owner)
    {
        Assert.True((await medium.TakeLeaseAsync(Key, owner, TimeSpan.FromSeconds(2), Ct)).Answered(out var taken));
        return taken;
    }

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
