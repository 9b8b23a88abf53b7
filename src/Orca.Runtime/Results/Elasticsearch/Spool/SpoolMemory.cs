using Orca.Results.Elasticsearch.Documents;

namespace Orca.Results.Elasticsearch.Spool;

/// <summary>What waits in memory while the disk takes nothing.</summary>
/// <remarks>Its spool's lock is held by whoever calls.</remarks>
internal sealed class SpoolMemory
{
    /// <summary>How much may wait.</summary>
    public const int MostBytes = 16 << 20;

    private readonly Queue<StoreEntry> _waiting = new();
    private readonly HashSet<StoreEntry> _taken = [];
    private long _bytes;

    public bool HasWaiting => _waiting.Count > 0;

    public bool IsEmpty => _waiting.Count == 0 && _taken.Count == 0;

    /// <summary>Documents that wait, or were taken and are not done with.</summary>
    public int Count => _waiting.Count + _taken.Count;

    public bool TryAdd(StoreEntry entry, bool isEssential)
    {
        if (_bytes + entry.Lines.Length > MostBytes && !isEssential)
        {
            return false;
        }

        _waiting.Enqueue(entry);
        _bytes += entry.Lines.Length;
        return true;
    }

    /// <summary>The next to send, or null.</summary>
    public StoreEntry? Take()
    {
        if (!_waiting.TryDequeue(out var entry))
        {
            return null;
        }

        _taken.Add(entry);
        return entry;
    }

    /// <summary>One that was taken is done with.</summary>
    public void Release(StoreEntry entry)
    {
        _taken.Remove(entry);
        _bytes -= entry.Lines.Length;
    }

    /// <summary>Those that were taken will not be sent: they wait again.</summary>
    public void TakeBack()
    {
        foreach (var entry in _taken)
        {
            _waiting.Enqueue(entry);
        }

        _taken.Clear();
    }

    /// <summary>Moves what waits to where it is kept, until that takes no more.</summary>
    public void MoveTo(Func<StoreEntry, bool> tryKeep)
    {
        while (_waiting.TryPeek(out var entry) && tryKeep(entry))
        {
            _waiting.Dequeue();
            _bytes -= entry.Lines.Length;
        }
    }
}
