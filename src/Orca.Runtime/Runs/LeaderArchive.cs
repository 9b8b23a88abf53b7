using System.Collections.Concurrent;
using Orca.Swarm;

namespace Orca.Runs;

/// <summary>Appends to the lists that a leader which takes over reads: in order, behind the leader's back, until the medium has it.</summary>
internal sealed class LeaderArchive(LeaderOptions options)
{
    private readonly ConcurrentQueue<(SwarmKey Key, ReadOnlyMemory<byte> Value, Action? Then)> _queue = new();
    private readonly Wake _more = new(options.Clock);

    /// <summary>Appends soon; <paramref name="then"/> is called once the medium has it.</summary>
    public void Append(SwarmKey key, ReadOnlyMemory<byte> value, Action? then = null)
    {
        _queue.Enqueue((key, value, then));
        _more.Signal();
    }

    /// <summary>Calls what was to be called once the medium has it, for all that it has not: the run is over, and nobody will take it over.</summary>
    public void GiveUpWaiting()
    {
        while (_queue.TryDequeue(out var left))
        {
            left.Then?.Invoke();
        }
    }

    /// <summary>Appends in a loop of its own until disposed.</summary>
    public IAsyncDisposable Begin() => new OwnedLoop(AppendAsync);

    private async Task AppendAsync(CancellationToken ct)
    {
        while (true)
        {
            while (_queue.TryPeek(out var next))
            {
                if (!(await options.Medium.AppendAsync(next.Key, next.Value, ct)).Answered(out _))
                {
                    await Task.Delay(RunTimings.HeartbeatPeriod, options.Clock, ct);
                }
                else if (_queue.TryDequeue(out var done))
                {
                    done.Then?.Invoke();
                }
            }

            await _more.WaitAsync(RunTimings.Poll, ct);
        }
    }
}
