using Orca.Results.Elasticsearch.Bulk;
using Orca.Results.Elasticsearch.Documents;

namespace Orca.Results.Elasticsearch.Spool;

/// <summary>The documents of one run that are not stored yet, on disk and behind a lock file that tells others that somebody is at them.</summary>
/// <remarks>Safe for use from several threads; one lock. Everything is written before it is sent, and deleted only once it is stored.</remarks>
internal sealed class SpoolFolder : IDisposable
{
    /// <summary>Where segments end: at a bit more than a bulk request.</summary>
    public const int SegmentBytes = 2 << 20;

    /// <summary>Where segments about drones end: they are what is dropped where there is no room.</summary>
    public const int DroneSegmentBytes = 256 << 10;

    public const string LockName = "lock";

    private const string Main = "run-";
    private const string Drones = "drone-";

    private readonly Lock _lock = new();
    private readonly SpoolDisk _disk;
    private readonly long _limit;
    private readonly FileStream? _lockFile;
    private readonly SpoolLog _main;
    private readonly SpoolLog _drones;
    private readonly SpoolMemory _memory = new();
    private SpoolItem? _next;
    private int _newDocuments;
    private int _newBytes;

    private SpoolFolder(string path, long limit, SpoolDisk disk, FileStream? lockFile)
    {
        (Path, _limit, _disk, _lockFile) = (path, limit, disk, lockFile);
        _main = new(path, Main, disk, SegmentBytes);
        _drones = new(path, Drones, disk, DroneSegmentBytes);
    }

    public string Path { get; }

    /// <summary>Whether somebody else may have sent some of it before: it was left behind, or the run was taken over.</summary>
    public bool IsResumed { get; set; }

    /// <summary>Called, outside the lock, when enough waits to be worth a request.</summary>
    public Action? Full { get; set; }

    /// <summary>Documents dropped because there was no room.</summary>
    public long Dropped { get; private set; }

    /// <summary>Why the disk last took nothing, or null.</summary>
    public string? Failure { get; private set; }

    /// <summary>Bytes that held no record when they were read.</summary>
    public long Damaged => _main.Damaged + _drones.Damaged;

    /// <summary>Whether some of it waits in memory, for want of a disk that takes it, and is not being sent.</summary>
    public bool HasInMemory
    {
        get
        {
            lock (_lock)
            {
                return _memory.HasWaiting;
            }
        }
    }

    /// <summary>Whether every document is stored, or can never be.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _main.IsEmpty && _drones.IsEmpty && _next is null && _memory.IsEmpty;
            }
        }
    }

    /// <summary>Makes a folder of a run's own. On a disk that takes nothing there is none, and what comes waits in memory.</summary>
    public static SpoolFolder Make(string root, string runId, long limit, SpoolDisk disk)
    {
        var isResumed = Directory.Exists(root) && Directory.EnumerateDirectories(root, runId + "*").Any();
        for (var number = 1; ; number++)
        {
            var path = System.IO.Path.Combine(root, number == 1 ? runId : $"{runId}-{number}");
            try
            {
                if (!Directory.Exists(path) && Directory.CreateDirectory(path).Exists && Locked(path) is { } lockFile)
                {
                    return new(path, limit, disk, lockFile) { IsResumed = isResumed };
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return new(path, limit, disk, null) { Failure = error.Message };
            }
        }
    }

    /// <summary>Takes up a folder that another process has left behind; null where somebody is at it or there is none.</summary>
    public static SpoolFolder? TakeUp(string path, SpoolDisk disk)
    {
        try
        {
            if (Locked(path) is not { } lockFile)
            {
                return null;
            }

            var folder = new SpoolFolder(path, long.MaxValue, disk, lockFile) { IsResumed = true };
            folder._main.TakeUp();
            folder._drones.TakeUp();
            return folder;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes a document; it is on disk, as far as the operating system goes, when this returns.</summary>
    public SpoolPlace Append(StoreEntry entry, SpoolRank rank)
    {
        SpoolPlace place;
        bool full;
        lock (_lock)
        {
            place = AppendLocked(entry, rank);
            _newDocuments++;
            _newBytes += entry.Lines.Length;
            full = _newDocuments >= BulkBatch.MostDocuments || _newBytes >= BulkBatch.MostBytes;
            if (full)
            {
                (_newDocuments, _newBytes) = (0, 0);
            }
        }

        if (full)
        {
            Full?.Invoke();
        }

        return place;
    }

    /// <summary>Takes the next documents, all of one index; none where all are taken. What waited in memory goes first, what is about drones last.</summary>
    public IReadOnlyList<SpoolItem> Take(int mostDocuments, int mostBytes)
    {
        List<SpoolItem> items = [];
        var bytes = 0;
        lock (_lock)
        {
            while (items.Count < mostDocuments && (_next ?? NextLocked()) is { } item)
            {
                // The one that does not go with the others begins the next request.
                _next = item;
                if (items.Count > 0 && (item.Entry.Index != items[0].Entry.Index || bytes + item.Entry.Lines.Length > mostBytes))
                {
                    break;
                }

                _next = null;
                items.Add(item);
                bytes += item.Entry.Lines.Length;
            }
        }

        return items;
    }

    /// <summary>Done with: stored, or never to be.</summary>
    public void Release(SpoolItem item)
    {
        lock (_lock)
        {
            if (item is { Log: { } log, Segment: { } segment })
            {
                log.Release(segment);
            }
            else
            {
                _memory.Release(item.Entry);
            }
        }
    }

    /// <summary>Nothing more will come for now: what is written is flushed to the disk itself.</summary>
    public void Seal()
    {
        lock (_lock)
        {
            try
            {
                _main.Seal();
                _drones.Seal();
            }
            catch (IOException)
            {
                // What the disk did not take was told when it was written.
            }
        }
    }

    /// <summary>Lets others take the folder up, and removes it where nothing is left. What waits in memory goes to the disk; where that takes nothing even now, it is dropped.</summary>
    public void Dispose()
    {
        var empty = IsEmpty;
        lock (_lock)
        {
            _memory.TakeBack();
            MoveFromMemoryLocked();
            Dropped += _memory.Count;
            _main.Dispose();
            _drones.Dispose();
            _lockFile?.Dispose();
            try
            {
                if (empty && _lockFile is not null)
                {
                    File.Delete(_lockFile.Name);
                    Directory.Delete(Path);
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Something of somebody else's is in it: it stays.
            }
        }
    }

    private static FileStream? Locked(string path)
    {
        try
        {
            return new(System.IO.Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException) when (File.Exists(System.IO.Path.Combine(path, LockName)))
        {
            return null;
        }
    }

    private SpoolPlace AppendLocked(StoreEntry entry, SpoolRank rank)
    {
        var record = SpoolFormat.Encode(entry);
        if (!HasRoomLocked(record.Length, rank))
        {
            Dropped++;
            return SpoolPlace.Nowhere;
        }

        try
        {
            if (_lockFile is not null)
            {
                (rank == SpoolRank.Drone ? _drones : _main).Append(record);
                MoveFromMemoryLocked();
                return SpoolPlace.Disk;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Failure = error.Message;
        }

        if (!_memory.TryAdd(entry, rank == SpoolRank.Essential))
        {
            Dropped++;
            return SpoolPlace.Nowhere;
        }

        return SpoolPlace.Memory;
    }

    /// <summary>The disk takes documents again: what waited in memory survives the process from here on.</summary>
    private void MoveFromMemoryLocked() => _memory.MoveTo(entry =>
    {
        try
        {
            var record = SpoolFormat.Encode(entry);
            if (_lockFile is null || !HasRoomLocked(record.Length, SpoolRank.Ordinary))
            {
                return false;
            }

            _main.Append(record);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Failure = error.Message;
            return false;
        }
    });

    private bool HasRoomLocked(int bytes, SpoolRank rank)
    {
        while (_main.Bytes + _drones.Bytes + bytes > _limit)
        {
            if (_drones.DropOldest() is not { } dropped)
            {
                return rank == SpoolRank.Essential;
            }

            Dropped += dropped;
        }

        return true;
    }

    private SpoolItem? NextLocked()
    {
        if (_memory.Take() is { } waiting)
        {
            return new(waiting, null, null);
        }

        if (_main.Read() is var (segment, entry))
        {
            return new(entry, _main, segment);
        }

        return _drones.Read() is var (droneSegment, droneEntry) ? new(droneEntry, _drones, droneSegment) : null;
    }
}
