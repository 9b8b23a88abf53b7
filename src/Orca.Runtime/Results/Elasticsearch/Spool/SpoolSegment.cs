using System.Buffers;
using Orca.Results.Elasticsearch.Documents;

namespace Orca.Results.Elasticsearch.Spool;

/// <summary>One file of the spool: records are appended to its end and read from its beginning; it goes once all are stored.</summary>
/// <remarks>Its spool's lock is held by whoever calls.</remarks>
internal sealed class SpoolSegment : IDisposable
{
    private readonly SpoolDisk _disk;
    private readonly byte[] _header = new byte[SpoolFormat.HeaderLength];
    private Stream? _writer;
    private Stream? _reader;
    private long _readTo;

    private SpoolSegment(string path, SpoolDisk disk) => (Path, _disk) = (path, disk);

    public string Path { get; }

    /// <summary>Bytes of whole records.</summary>
    public long Length { get; private set; }

    /// <summary>Records that were appended here and not read yet; 0 for a segment left behind.</summary>
    public int Unread { get; private set; }

    /// <summary>Records that were read and are not done with.</summary>
    public int Outstanding { get; private set; }

    /// <summary>Whether nothing more is appended.</summary>
    public bool IsSealed => _writer is null;

    public bool IsRead => _readTo >= Length;

    public bool IsDone => IsSealed && IsRead && Outstanding == 0;

    /// <summary>Bytes that were found to hold no record.</summary>
    public long Damaged { get; private set; }

    /// <summary>Begins a new segment.</summary>
    public static SpoolSegment Begin(string path, SpoolDisk disk) => new(path, disk) { _writer = disk.Create(path) };

    /// <summary>Takes up a segment that another process has left behind.</summary>
    public static SpoolSegment TakeUp(string path, SpoolDisk disk) => new(path, disk) { Length = new FileInfo(path).Length };

    /// <summary>Appends a record; where the disk fails half-way, nothing of it counts.</summary>
    public void Append(ReadOnlySpan<byte> record)
    {
        try
        {
            _writer!.Write(record);
        }
        catch (IOException)
        {
            // What was written of it is cut off; where even that fails, readers see by the check sum that it is no record.
            Abandon();
            throw;
        }

        Length += record.Length;
        Unread++;
    }

    /// <summary>Appends nothing more.</summary>
    public void Seal()
    {
        if (_writer is { } writer)
        {
            _writer = null;
            using (writer)
            {
                _disk.Flush(writer);
            }
        }
    }

    /// <summary>The next record, or null where there is none yet.</summary>
    public StoreEntry? Read()
    {
        if (IsRead)
        {
            return null;
        }

        var reader = _reader ??= _disk.OpenRead(Path);
        while (_readTo < Length)
        {
            reader.Position = _readTo;
            if (ReadAt(reader) is { } entry)
            {
                Unread = Math.Max(0, Unread - 1);
                Outstanding++;
                return entry;
            }

            Skip(reader);
        }

        return null;
    }

    /// <summary>A record that was read is done with.</summary>
    public void Release() => Outstanding--;

    public void Delete()
    {
        Dispose();
        _disk.Delete(Path);
    }

    public void Dispose()
    {
        _writer?.Dispose();
        _reader?.Dispose();
        (_writer, _reader) = (null, null);
    }

    private void Abandon()
    {
        try
        {
            _writer!.SetLength(Length);
        }
        catch (IOException)
        {
        }

        _writer!.Dispose();
        _writer = null;
    }

    private StoreEntry? ReadAt(Stream reader)
    {
        if (reader.ReadAtLeast(_header, _header.Length, throwOnEndOfStream: false) < _header.Length
            || SpoolFormat.LengthOf(_header) is not { } length
            || length > Length - _readTo - _header.Length)
        {
            return null;
        }

        var payload = new byte[length];
        if (reader.ReadAtLeast(payload, length, throwOnEndOfStream: false) < length || SpoolFormat.Decode(_header, payload) is not { } entry)
        {
            return null;
        }

        _readTo += _header.Length + length;
        return entry;
    }

    /// <summary>Goes to the next mark after the place where no record is, or to the end.</summary>
    private void Skip(Stream reader)
    {
        var from = _readTo + 1;
        var rest = ArrayPool<byte>.Shared.Rent((int)(Length - from));
        try
        {
            reader.Position = from;
            var read = reader.ReadAtLeast(rest, (int)(Length - from), throwOnEndOfStream: false);
            var next = rest.AsSpan(0, read).IndexOf(SpoolFormat.Mark);
            var to = next < 0 ? Length : from + next;
            Damaged += to - _readTo;
            _readTo = to;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rest);
        }
    }
}
