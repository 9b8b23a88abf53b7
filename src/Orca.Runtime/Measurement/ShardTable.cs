namespace Orca.Measurement;

/// <summary>One thread's shards of all the recorders that live in this process, by slot.</summary>
/// <remarks>
/// A table never refers to a recorder, and when a recorder is collected its <see cref="ShardSlot"/> empties its place
/// in every table and gives it to the next: recorders come and go in a long-lived process, threads stay.
/// </remarks>
internal sealed class ShardTable
{
    private static readonly Lock _lock = new();
    private static readonly List<WeakReference<ShardTable>> _tables = [];
    private static readonly PriorityQueue<int, int> _free = new();
    private static int _slots;

    [ThreadStatic]
    private static ShardTable? _current;

    private ScenarioShard?[] _shards = [];

    private ShardTable()
    {
    }

    /// <summary>This thread's shard in a slot, or null where it has none yet.</summary>
    public static ScenarioShard? Find(int slot)
    {
        var table = _current;
        if (table is null)
        {
            return null;
        }

        var shards = table._shards;
        return (uint)slot < (uint)shards.Length ? shards[slot] : null;
    }

    /// <summary>Puts this thread's shard into a slot that the caller keeps alive.</summary>
    public static void Put(int slot, ScenarioShard shard)
    {
        lock (_lock)
        {
            if (_current is not { } table)
            {
                _tables.RemoveAll(t => !t.TryGetTarget(out _));
                _tables.Add(new(_current = table = new()));
            }

            if (slot >= table._shards.Length)
            {
                Array.Resize(ref table._shards, Math.Max(4, slot + 1));
            }

            table._shards[slot] = shard;
        }
    }

    /// <summary>A slot that no other recorder holds.</summary>
    public static int Take()
    {
        lock (_lock)
        {
            return _free.TryDequeue(out var slot, out _) ? slot : _slots++;
        }
    }

    /// <summary>Empties a slot on all threads and leaves it to others.</summary>
    public static void Free(int slot)
    {
        lock (_lock)
        {
            foreach (var reference in _tables)
            {
                if (reference.TryGetTarget(out var table) && slot < table._shards.Length)
                {
                    table._shards[slot] = null;
                }
            }

            _free.Enqueue(slot, slot);
        }
    }
}
