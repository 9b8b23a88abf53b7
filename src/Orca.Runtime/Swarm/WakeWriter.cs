using System.Threading.Channels;

namespace Orca.Swarm;

/// <summary>Listens to a channel whose messages say no more than that the state has changed.</summary>
internal sealed class WakeWriter(Wake wake) : ChannelWriter<ReadOnlyMemory<byte>>
{
    public override bool TryWrite(ReadOnlyMemory<byte> item)
    {
        wake.Signal();
        return true;
    }

    public override ValueTask<bool> WaitToWriteAsync(CancellationToken cancellationToken = default) => new(true);
}
