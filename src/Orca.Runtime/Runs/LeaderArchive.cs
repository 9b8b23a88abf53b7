using System.Threading.Channels;
using Orca.Swarm;

namespace Orca.Runs;

/// <summary>Appends to the lists that a leader which takes over reads: in order, behind the leader's back, until the medium has it.</summary>
internal sealed class LeaderArchive : IAsyncDisposable
{
    private readonly Channel<(SwarmKey Key, ReadOnlyMemory<byte> Value)> _queue = Channel.CreateUnbounded<(SwarmKey, ReadOnlyMemory<byte>)>(
        new UnboundedChannelOptions { SingleReader = true });

    private readonly LeaderOptions _options;
    private readonly OwnedLoop _loop;

    public LeaderArchive(LeaderOptions options)
    {
        _options = options;
        _loop = new(AppendAsync);
    }

    public void Append(SwarmKey key, ReadOnlyMemory<byte> value) => _queue.Writer.TryWrite((key, value));

    public ValueTask DisposeAsync() => _loop.DisposeAsync();

    private async Task AppendAsync(CancellationToken ct)
    {
        await foreach (var (key, value) in _queue.Reader.ReadAllAsync(ct))
        {
            while (!(await _options.Medium.AppendAsync(key, value, ct)).Answered(out _))
            {
                await Task.Delay(RunTimings.HeartbeatPeriod, _options.Clock, ct);
            }
        }
    }
}
