using StackExchange.Redis;

namespace Orca.Hosting.Media;

/// <summary>A connection that the host has made, and will dispose.</summary>
internal sealed class HostConnection(Func<IConnectionMultiplexer> get)
{
    public IConnectionMultiplexer Get() => get();
}
