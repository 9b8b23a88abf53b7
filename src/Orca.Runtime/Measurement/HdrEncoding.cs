using System.Buffers.Binary;
using System.IO.Compression;

namespace Orca.Measurement;

/// <summary>HdrHistogram's V2 encoding, which other HdrHistogram tools read: plain, and compressed as in <c>.hlog</c> files.</summary>
/// <remarks>It holds the counts alone; exact sum, least and greatest are lost in it.</remarks>
internal static class HdrEncoding
{
    /// <summary>The greatest count that is decoded; sums over any swarm stay far from overflow.</summary>
    public const long MostCount = 1L << 50;

    private const int Cookie = 0x1c849303 | 0x10;
    private const int CompressedCookie = 0x1c849304 | 0x10;
    private const int HeaderLength = 40;
    private const int CompressedHeaderLength = 8;
    private const int MostBytesOfCount = 9;

    public static byte[] Encode(Histogram histogram)
    {
        var writer = new WireWriter();
        Write(histogram, writer);
        return writer.Written.ToArray();
    }

    public static void Write(Histogram histogram, WireWriter writer)
    {
        var start = writer.Length;
        writer.Take(HeaderLength);
        var index = 0;
        for (var next = histogram.NextIndex(0); next >= 0; next = histogram.NextIndex(index))
        {
            if (next > index)
            {
                // A run of zeros is its length, negative; a single one is itself.
                writer.Varint(WireWriter.ZigZag(next - index == 1 ? 0 : index - next));
            }

            writer.Varint(WireWriter.ZigZag(histogram.CountAt(next)));
            index = next + 1;
        }

        var header = writer.Patch(start, HeaderLength);
        BinaryPrimitives.WriteInt32BigEndian(header, Cookie);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], writer.Length - start - HeaderLength);
        BinaryPrimitives.WriteInt32BigEndian(header[8..], 0);
        BinaryPrimitives.WriteInt32BigEndian(header[12..], histogram.Precision);
        BinaryPrimitives.WriteInt64BigEndian(header[16..], 1);
        BinaryPrimitives.WriteInt64BigEndian(header[24..], HistogramLayout.Highest);
        BinaryPrimitives.WriteDoubleBigEndian(header[32..], 1.0);
    }

    public static Outcome<Histogram> Decode(ReadOnlySpan<byte> bytes) => Decode(bytes, new(DecodeBudget.Usual));

    public static Outcome<Histogram> Decode(ReadOnlySpan<byte> bytes, DecodeBudget budget)
    {
        if (bytes.Length < HeaderLength)
        {
            return Bad($"{bytes.Length} bytes are too few for its header");
        }

        var cookie = BinaryPrimitives.ReadInt32BigEndian(bytes);
        if (cookie != Cookie)
        {
            return Bad($"its first word is {cookie:x8}, that of the V2 encoding is {Cookie:x8}");
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(bytes[4..]);
        var offset = BinaryPrimitives.ReadInt32BigEndian(bytes[8..]);
        var digits = BinaryPrimitives.ReadInt32BigEndian(bytes[12..]);
        var lowest = BinaryPrimitives.ReadInt64BigEndian(bytes[16..]);
        if (length != bytes.Length - HeaderLength || offset != 0 || digits is < 1 or > HistogramLayout.MostDigits || lowest != 1)
        {
            return Bad($"payload {length} of {bytes.Length - HeaderLength} bytes, offset {offset}, {digits} digits, lowest value {lowest} is not supported");
        }

        var histogram = new Histogram(digits);
        return ReadCounts(new(bytes[HeaderLength..]), histogram, budget) ? histogram : Bad("its counts are mangled or out of range");
    }

    public static byte[] EncodeCompressed(Histogram histogram)
    {
        using var stream = new MemoryStream();
        stream.Write(stackalloc byte[CompressedHeaderLength]);
        using (var zlib = new ZLibStream(stream, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(Encode(histogram));
        }

        var bytes = stream.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(bytes, CompressedCookie);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), bytes.Length - CompressedHeaderLength);
        return bytes;
    }

    public static Outcome<Histogram> DecodeCompressed(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < CompressedHeaderLength
            || BinaryPrimitives.ReadInt32BigEndian(bytes) != CompressedCookie
            || BinaryPrimitives.ReadInt32BigEndian(bytes[4..]) != bytes.Length - CompressedHeaderLength)
        {
            return Bad($"its first words are not those of the compressed V2 encoding ({CompressedCookie:x8} and the length of the rest)");
        }

        var plain = new byte[HeaderLength + (MostBytesOfCount * HistogramLayout.Of(HistogramLayout.MostDigits).Length) + 1];
        int length;
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(bytes[CompressedHeaderLength..].ToArray()), CompressionMode.Decompress);
            length = zlib.ReadAtLeast(plain, plain.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException e)
        {
            return Bad(e.Message);
        }

        return length < plain.Length ? Decode(plain.AsSpan(0, length)) : Bad("it is longer than any histogram");
    }

    private static bool ReadCounts(WireReader reader, Histogram histogram, DecodeBudget budget)
    {
        var limit = histogram.Layout.IndexOf(HistogramLayout.Highest) + 1;
        var index = 0L;
        while (!reader.AtEnd)
        {
            var coded = reader.Varint();
            var count = (long)(coded >> 1) ^ -(long)(coded & 1);
            if (reader.Failed || count < -int.MaxValue || count > MostCount)
            {
                return false;
            }

            if (count <= 0)
            {
                index += count == 0 ? 1 : -count;
                continue;
            }

            if (index >= limit
                || (histogram.NeedsPage((int)index) && !budget.Take(Histogram.PageSize * sizeof(long)))
                || histogram.Count + count > MostCount)
            {
                return false;
            }

            histogram.AddAt((int)index++, count);
        }

        return true;
    }

    private static Problem Bad(string why) => new($"Decoding a histogram failed: {why}.");
}
