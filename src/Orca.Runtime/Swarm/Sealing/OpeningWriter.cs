using System.Threading.Channels;

namespace Orca.Swarm.Sealing;

/// <summary>Passes on the messages of a channel that are sealed with the swarm's key, and no others: not even to wake.</summary>
internal sealed class OpeningWriter(ChannelWriter<ReadOnlyMemory<byte>> writer, SwarmSeal seal, string channel, RefusalLog refusals) : ChannelWriter<ReadOnlyMemory<byte>>
{
    public override bool TryWrite(ReadOnlyMemory<byte> item)
    {
        if (seal.TryOpen(SealedPlace.Message(channel), item, out var message))
        {
            return writer.TryWrite(message);
        }

        refusals.Refuse(SealedPlace.Message(channel));
        return true;
    }

    public override ValueTask<bool> WaitToWriteAsync(CancellationToken cancellationToken = default) => writer.WaitToWriteAsync(cancellationToken);
}
