using System.Collections.Concurrent;
using Orca.Swarm;

namespace Orca.Runs;

/// <summary>Appends to the lists that a leader which takes over reads: in order, behind the leader's back, until the medium has it.</summary>
internal sealed class LeaderArchive : IAsyncDisposable
{
    private readonly ConcurrentQueue<(SwarmKey Key, ReadOnlyMemory<byte> Value)> _queue = new();
    private readonly LeaderOptions _options;
    private readonly Wake _more;
    private readonly OwnedLoop _loop;

    public LeaderArchive(LeaderOptions options)
    {
        (_options, _more) = (options, new(options.Clock));
        _loop = new(AppendAsync);
    }

    public void Append(SwarmKey key, ReadOnlyMemory<byte> value)
    {
        _queue.Enqueue((key, value));
        _more.Signal();
    }

    public ValueTask DisposeAsync() => _loop.DisposeAsync();

    private async Task AppendAsync(CancellationToken ct)
    {
        while (true)
        {
            while (_queue.TryPeek(out var next))
            {
                if ((await _options.Medium.AppendAsync(next.Key, next.Value, ct)).Answered(out _))
                {
                    _queue.TryDequeue(out _);
                }
                else
                {
                    await Task.Delay(RunTimings.HeartbeatPeriod, _options.Clock, ct);
                }
            }

            await _more.WaitAsync(RunTimings.Poll, ct);
        }
    }
}
