using Orca.Swarm;
using Orca.Swarm.InMemory;

namespace Orca.Hosting.Media;

/// <summary>A swarm in this process's memory.</summary>
internal sealed class InMemoryConnector(TimeProvider clock) : ISwarmConnector
{
    private readonly InMemorySwarmStore _store = new(clock);

    public bool IsOpen => false;

    public string Tenant => "";

    public string Name => "memory";

    public Problem? Trouble => null;

    public ISwarmMedium Connect() => new InMemorySwarmMedium(_store);

    public ValueTask DisposeAsync() => default;
}
