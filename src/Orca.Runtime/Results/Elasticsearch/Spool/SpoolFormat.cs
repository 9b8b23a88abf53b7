using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using Orca.Results.Elasticsearch.Documents;

namespace Orca.Results.Elasticsearch.Spool;

/// <summary>How a document lies in a segment: four bytes of mark, length, check sum, then index, id and the lines for the bulk request.</summary>
/// <remarks>Numbers are little-endian; index and id have their length in the byte before them.</remarks>
internal static class SpoolFormat
{
    public const int HeaderLength = 12;

    /// <summary>Bytes of the longest record; what claims to be longer is damaged.</summary>
    public const int MostBytes = 64 << 20;

    private const int LengthAt = 4;
    private const int SumAt = 8;

    public static ReadOnlySpan<byte> Mark => "\u001eOS1"u8;

    public static byte[] Encode(StoreEntry entry)
    {
        var (index, id) = (Encoding.UTF8.GetBytes(entry.Index), Encoding.UTF8.GetBytes(entry.Id));
        var record = new byte[HeaderLength + 2 + index.Length + id.Length + entry.Lines.Length];
        Mark.CopyTo(record);
        var rest = record.AsSpan(HeaderLength);
        rest = Put(Put(rest, index), id);
        entry.Lines.Span.CopyTo(rest);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(LengthAt), record.Length - HeaderLength);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(SumAt), SumOf(record.AsSpan(HeaderLength)));
        return record;
    }

    /// <summary>The length of the payload after a header; null where it is no header.</summary>
    public static int? LengthOf(ReadOnlySpan<byte> header) =>
        header.StartsWith(Mark) && BinaryPrimitives.ReadInt32LittleEndian(header[LengthAt..]) is var length and > 2 and <= MostBytes ? length : null;

    /// <summary>The document in a payload; null where it is not the one that was written.</summary>
    public static StoreEntry? Decode(ReadOnlySpan<byte> header, ReadOnlyMemory<byte> payload)
    {
        var bytes = payload.Span;
        if (BinaryPrimitives.ReadUInt32LittleEndian(header[SumAt..]) != SumOf(bytes))
        {
            return null;
        }

        var idAt = 1 + bytes[0];
        var linesAt = idAt + 1 + bytes[idAt];
        return new(Encoding.UTF8.GetString(bytes[1..idAt]), Encoding.UTF8.GetString(bytes[(idAt + 1)..linesAt]), payload[linesAt..]);
    }

    private static Span<byte> Put(Span<byte> rest, byte[] text)
    {
        rest[0] = checked((byte)text.Length);
        text.CopyTo(rest[1..]);
        return rest[(text.Length + 1)..];
    }

    private static uint SumOf(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            sum = BitOperations.Crc32C(sum, word);
        }

        foreach (var rest in bytes[(words.Length * sizeof(ulong))..])
        {
            sum = BitOperations.Crc32C(sum, rest);
        }

        return ~sum;
    }
}
