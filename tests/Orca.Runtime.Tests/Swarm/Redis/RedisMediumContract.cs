using Orca.Swarm;

namespace Orca.Tests.Swarm.Redis;

/// <summary>The contract over a server; each member has a connection of its own.</summary>
public abstract class RedisMediumContract(RedisServerFixture fixture) : SwarmMediumContract
{
    private readonly RedisMembers _members = new();

    public override async ValueTask InitializeAsync() => Assert.Equal("+OK", await fixture.Server.CommandAsync("FLUSHALL"));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _members.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    // What the medium does is asked here, not how soon: a busy machine has its time.
    private protected override ISwarmMedium Connect() => _members.Connect(
        fixture.Server.Endpoint,
        options => options.Timeout = TimeSpan.FromSeconds(30),
        settings => settings with { Patience = TimeSpan.FromMinutes(1) });

    private protected override Task PassAsync(TimeSpan time) => Task.Delay(time, TestContext.Current.CancellationToken);
}
