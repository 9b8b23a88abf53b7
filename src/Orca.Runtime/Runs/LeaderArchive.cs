using System.Collections.Concurrent;
using Orca.Swarm;

namespace Orca.Runs;

/// <summary>Appends to the lists that a leader which takes over reads: in order, behind the leader's back, until the medium has it.</summary>
internal sealed class LeaderArchive(LeaderOptions options)
{
    private readonly ConcurrentQueue<Entry> _queue = new();
    private readonly Wake _more = new(options.Clock);

    /// <summary>Appends soon; <paramref name="then"/> is called once, when the medium has it or is no longer waited for.</summary>
    public void Append(SwarmKey key, ReadOnlyMemory<byte> value, Action? then = null)
    {
        _queue.Enqueue(new(key, value, then));
        _more.Signal();
    }

    /// <summary>Calls what was to be called once the medium has it, for all that it has not: the run is over, and nobody will take it over.</summary>
    public void GiveUpWaiting()
    {
        foreach (var entry in _queue)
        {
            entry.Tell();
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
                if ((await options.Medium.AppendAsync(next.Key, next.Value, ct)).Answered(out _))
                {
                    next.Tell();
                    _queue.TryDequeue(out _);
                }
                else
                {
                    await Task.Delay(RunTimings.HeartbeatPeriod, options.Clock, ct);
                }
            }

            await _more.WaitAsync(RunTimings.Poll, ct);
        }
    }

    private sealed class Entry(SwarmKey key, ReadOnlyMemory<byte> value, Action? then)
    {
        private Action? _then = then;

        public SwarmKey Key => key;

        public ReadOnlyMemory<byte> Value => value;

        // The loop and whoever gives up waiting may both come here.
        public void Tell() => Interlocked.Exchange(ref _then, null)?.Invoke();
    }
}
