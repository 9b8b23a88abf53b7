using System.Globalization;
using Orca.Results.Elasticsearch.Documents;

namespace Orca.Results.Elasticsearch.Spool;

/// <summary>Segments in their order: the last is written to, the first that has anything is read from.</summary>
/// <remarks>Its spool's lock is held by whoever calls.</remarks>
internal sealed class SpoolLog(string folder, string prefix, SpoolDisk disk, int segmentBytes) : IDisposable
{
    public const string Extension = ".seg";

    private readonly List<SpoolSegment> _segments = [];
    private int _last;

    public long Bytes { get; private set; }

    public long Damaged { get; private set; }

    public bool IsEmpty => _segments.TrueForAll(segment => segment is { IsRead: true, Outstanding: 0 });

    /// <summary>Takes up what another process has left behind.</summary>
    public void TakeUp()
    {
        foreach (var path in Directory.GetFiles(folder, prefix + "*" + Extension).Order(StringComparer.Ordinal))
        {
            var segment = SpoolSegment.TakeUp(path, disk);
            _segments.Add(segment);
            Bytes += segment.Length;
        }
    }

    public void Append(ReadOnlySpan<byte> record)
    {
        var segment = _segments is [.., { IsSealed: false } open] && open.Length < segmentBytes ? open : Begin();
        try
        {
            segment.Append(record);
        }
        catch (IOException)
        {
            Sweep(segment);
            throw;
        }

        Bytes += record.Length;
    }

    public (SpoolSegment Segment, StoreEntry Entry)? Read()
    {
        for (var i = 0; i < _segments.Count; i++)
        {
            var segment = _segments[i];
            if (segment.Read() is { } entry)
            {
                return (segment, entry);
            }

            // One that was damaged to its end has nothing to wait for.
            Sweep(segment);
            i -= _segments.Contains(segment) ? 0 : 1;
        }

        return null;
    }

    public void Release(SpoolSegment segment)
    {
        segment.Release();
        Sweep(segment);
    }

    public void Seal()
    {
        foreach (var segment in _segments.ToArray())
        {
            segment.Seal();
            Sweep(segment);
        }
    }

    /// <summary>Drops the oldest segment of which nothing has been read; how many records it held, or null where there is none.</summary>
    public int? DropOldest()
    {
        if (_segments.Find(segment => segment is { Outstanding: 0, Unread: > 0 }) is not { } oldest)
        {
            return null;
        }

        Remove(oldest);
        return oldest.Unread;
    }

    public void Dispose() => _segments.ForEach(segment => segment.Dispose());

    private SpoolSegment Begin()
    {
        if (_segments is [.., { IsSealed: false } full])
        {
            full.Seal();
            Sweep(full);
        }

        var segment = SpoolSegment.Begin(Path.Combine(folder, prefix + (++_last).ToString("d6", CultureInfo.InvariantCulture) + Extension), disk);
        _segments.Add(segment);
        return segment;
    }

    private void Sweep(SpoolSegment segment)
    {
        if (segment.IsDone && _segments.Contains(segment))
        {
            Damaged += segment.Damaged;
            Remove(segment);
        }
    }

    private void Remove(SpoolSegment segment)
    {
        _segments.Remove(segment);
        Bytes -= segment.Length;
        segment.Delete();
    }
}
