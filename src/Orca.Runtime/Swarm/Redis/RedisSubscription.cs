using System.Threading.Channels;

namespace Orca.Swarm.Redis;

/// <summary>One listener of one channel.</summary>
internal sealed class RedisSubscription(RedisSubscriptions subscriptions, string channel, ChannelWriter<ReadOnlyMemory<byte>> writer) : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await subscriptions.RemoveAsync(channel, writer);
}
