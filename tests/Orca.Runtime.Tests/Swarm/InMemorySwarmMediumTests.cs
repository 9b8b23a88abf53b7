using Microsoft.Extensions.Time.Testing;
using Orca.Swarm;
using Orca.Swarm.InMemory;

namespace Orca.Tests.Swarm;

public sealed class InMemorySwarmMediumTests : SwarmMediumContract
{
    private readonly FakeTimeProvider _clock = new();
    private readonly InMemorySwarmStore _store;

    public InMemorySwarmMediumTests() => _store = new(_clock);

    private protected override ISwarmMedium Connect() => new InMemorySwarmMedium(_store);

    private protected override Task PassAsync(TimeSpan time)
    {
        _clock.Advance(time);
        return Task.CompletedTask;
    }
}
