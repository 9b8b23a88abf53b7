using System.Threading.Channels;

namespace Orca.Swarm.InMemory;

/// <summary>What the members of an in-memory swarm share: the part that a server plays elsewhere. Safe for use from any thread.</summary>
internal sealed class InMemorySwarmStore(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ChannelWriter<ReadOnlyMemory<byte>>>> _listeners = new(StringComparer.Ordinal);

    public DateTimeOffset Now => clock.GetUtcNow();

    public long Publish(string channel, ReadOnlyMemory<byte> message)
    {
        lock (_lock)
        {
            var heard = 0L;
            foreach (var listener in _listeners.GetValueOrDefault(channel) ?? [])
            {
                heard += listener.TryWrite(message) ? 1 : 0;
            }

            return heard;
        }
    }

    public void Listen(string channel, ChannelWriter<ReadOnlyMemory<byte>> writer)
    {
        lock (_lock)
        {
            if (!_listeners.TryGetValue(channel, out var writers))
            {
                _listeners[channel] = writers = [];
            }

            writers.Add(writer);
        }
    }

    public void StopListening(string channel, ChannelWriter<ReadOnlyMemory<byte>> writer)
    {
        lock (_lock)
        {
            if (_listeners.TryGetValue(channel, out var writers) && writers.Remove(writer) && writers.Count == 0)
            {
                _listeners.Remove(channel);
            }
        }
    }

    /// <summary>Does one atomic step on one piece of state; a step that changes it keeps it for another lifetime.</summary>
    public T Step<T>(SwarmKey key, Func<Entry, T> step, bool writes)
    {
        lock (_lock)
        {
            return StepLocked(key, step, writes);
        }
    }

    /// <summary>Does one atomic step on two pieces of state.</summary>
    public T Step<T>(SwarmKey written, SwarmKey read, Func<Entry, Entry, T> step)
    {
        lock (_lock)
        {
            return StepLocked(written, first => StepLocked(read, second => step(first, second), writes: false), writes: true);
        }
    }

    /// <summary>Forgets all state, as a server does that was started empty. Subscriptions stay.</summary>
    public void Wipe()
    {
        lock (_lock)
        {
            _entries.Clear();
        }
    }

    private T StepLocked<T>(SwarmKey key, Func<Entry, T> step, bool writes)
    {
        if (!_entries.TryGetValue(key.Name, out var entry) || entry.Expires <= Now)
        {
            entry = new Entry();
            if (writes)
            {
                _entries[key.Name] = entry;
            }
        }

        if (writes)
        {
            entry.Expires = key.Lifetime is { } lifetime ? Now + lifetime : DateTimeOffset.MaxValue;
        }

        return step(entry);
    }

    /// <summary>One piece of state; each kind of key uses the part that it needs.</summary>
    internal sealed class Entry
    {
        public DateTimeOffset Expires { get; set; } = DateTimeOffset.MaxValue;

        public Dictionary<string, ReadOnlyMemory<byte>> Hash { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, long> Sequences { get; } = new(StringComparer.Ordinal);

        public List<ReadOnlyMemory<byte>> List { get; } = [];

        public StoredDocument? Document { get; set; }

        public (string Owner, DateTimeOffset Until)? Lease { get; set; }

        public bool PutNewer(string field, long sequence, ReadOnlyMemory<byte> value)
        {
            if (Sequences.TryGetValue(field, out var there) && there >= sequence)
            {
                return false;
            }

            Sequences[field] = sequence;
            Hash[field] = value;
            return true;
        }
    }
}
