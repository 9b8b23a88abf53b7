using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
    private const int MostBytesOfPayload = 8 << 20;

    private static readonly uint[] OneByte = [.. Enumerable.Range(0, 0x80).Select(MeaningOf)];

    public static byte[] Encode(Histogram histogram)
    {
        using var writer = new WireWriter();
        Write(histogram, writer);
        return writer.Written.ToArray();
    }

    public static void Write(Histogram histogram, WireWriter writer)
    {
        var start = writer.Length;
        writer.Take(HeaderLength);
        var zeros = 0L;
        for (var number = 0; number < histogram.Pages; number++)
        {
            var page = histogram.Page(number);
            zeros = page.IsEmpty ? zeros + Histogram.PageSize : WriteCounts(page, zeros, writer);
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

    public static Outcome<Histogram> Decode(ReadOnlySpan<byte> bytes)
    {
        var decoded = DecodeCounts(bytes, new(DecodeBudget.Usual), out _);
        if (decoded.TryGet(out var histogram, out _))
        {
            histogram.Recount();
        }

        return decoded;
    }

    /// <summary>Decodes the counts alone, and how many values they are; the caller sees to the rest.</summary>
    public static Outcome<Histogram> DecodeCounts(ReadOnlySpan<byte> bytes, DecodeBudget budget, out long total)
    {
        total = 0;
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

        return ReadCounts(bytes[HeaderLength..], HistogramLayout.Of(digits), budget, out total) is { } counts
            ? new Histogram(digits, counts)
            : Bad("its counts are mangled or out of range");
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

        try
        {
            using var zlib = new ZLibStream(new MemoryStream(bytes[CompressedHeaderLength..].ToArray()), CompressionMode.Decompress);
            var header = new byte[HeaderLength];
            zlib.ReadExactly(header);

            // Some encoders pad what they compress, so the length is what the header says.
            var length = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
            if (length is < 0 or > MostBytesOfPayload)
            {
                return Bad($"a payload of {length} bytes is longer than any histogram's");
            }

            var plain = new byte[HeaderLength + length];
            header.CopyTo(plain, 0);
            zlib.ReadExactly(plain.AsSpan(HeaderLength));
            return Decode(plain);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            return Bad(e.Message);
        }
    }

    /// <summary>Writes a page's counts and, before a count, the zeros that lead to it; returns the zeros that are still to be written.</summary>
    private static long WriteCounts(ReadOnlySpan<long> page, long zeros, WireWriter writer)
    {
        var to = writer.Reserve((page.Length + 1) * MostBytesOfCount);
        var (at, next) = (0, 0);
        for (var block = 0; block < page.Length; block += 64)
        {
            // The counts are found by their bits in a word, for where they lie no branch could foresee.
            for (var filled = Filled(page.Slice(block, 64)); filled != 0; filled &= filled - 1)
            {
                var index = block + BitOperations.TrailingZeroCount(filled);
                zeros += index - next;
                next = index + 1;
                var count = page[index];
                if ((ulong)(zeros | count) < 64)
                {
                    // A run of zeros is its length, negative, and so an odd byte; a single one is itself; none is no byte.
                    to[at] = (byte)((zeros << 1) - 1 & -((1 - zeros) >> 63 & 1));
                    at += (int)(-zeros >> 63 & 1);
                    to[at++] = (byte)(count << 1);
                }
                else
                {
                    if (zeros > 0)
                    {
                        at += WireWriter.Varint(WireWriter.ZigZag(zeros == 1 ? 0 : -zeros), to[at..]);
                    }

                    at += WireWriter.Varint(WireWriter.ZigZag(count), to[at..]);
                }

                zeros = 0;
            }
        }

        writer.Advance(at);
        return zeros + page.Length - next;
    }

    /// <summary>A bit for each of 64 counts: whether it is more than zero.</summary>
    private static ulong Filled(ReadOnlySpan<long> counts)
    {
        var filled = 0UL;
        for (var i = 0; i < 64; i += Vector256<long>.Count)
        {
            var some = Vector256.GreaterThan(Vector256.Create(counts[i..]), Vector256<long>.Zero);
            filled |= (ulong)some.ExtractMostSignificantBits() << i;
        }

        return filled;
    }

    /// <summary>Reads the counts, and how many values they are; null where they are none. The pages that they may fill one day are taken from the budget now.</summary>
    private static PackedCounts? ReadCounts(ReadOnlySpan<byte> bytes, HistogramLayout layout, DecodeBudget budget, out long total)
    {
        // No count takes more entries than it has bytes.
        var entries = ArrayPool<uint>.Shared.Rent(bytes.Length);
        try
        {
            var used = ReadCounts(bytes, layout, budget, entries, out total, out var last);
            return used < 0 ? null : new(entries.AsSpan(0, used).ToArray()) { Last = last };
        }
        finally
        {
            ArrayPool<uint>.Shared.Return(entries);
        }
    }

    /// <summary>Reads the counts into entries and returns how many these are, or -1 where the bytes are none.</summary>
    private static int ReadCounts(ReadOnlySpan<byte> bytes, HistogramLayout layout, DecodeBudget budget, Span<uint> entries, out long total, out int last)
    {
        var limit = layout.IndexOf(HistogramLayout.Highest) + 1;
        var mostPages = (limit + Histogram.PageSize - 1) >> Histogram.PageBits;
        var (index, number, pages, sum, used, usedBefore, usedByBig, lastBig, at) = (0L, 0L, 0L, 0L, 0, 0, 0, -1, 0);
        (total, last) = (0, -1);
        ref var meanings = ref MemoryMarshal.GetArrayDataReference(OneByte);
        while (true)
        {
            var isOver = at == bytes.Length;
            if (isOver || index >> Histogram.PageBits != number)
            {
                if (used > usedBefore)
                {
                    pages++;
                    if (number >= mostPages)
                    {
                        return -1;
                    }
                }

                if (isOver)
                {
                    break;
                }

                (number, usedBefore) = (index >> Histogram.PageBits, used);
            }

            ulong coded = bytes[at++];
            if (coded < 0x80)
            {
                // Nearly all are of one byte. Counts and zeros alternate in no order that a processor could foresee, so what a byte
                // means is looked up rather than branched on: zeros write an entry, too, which the next one takes the place of.
                var meaning = Unsafe.Add(ref meanings, (nint)coded);
                entries[used] = PackedCounts.Small((int)index, (byte)meaning);
                sum += (byte)meaning;
                used += (int)(meaning >> 16);
                index += (byte)(meaning >> 8);
                continue;
            }

            if (!TryReadRest(bytes, ref at, ref coded))
            {
                return -1;
            }

            var count = (long)(coded >> 1) ^ -(long)(coded & 1);
            if (count <= 0)
            {
                index += count == 0 ? 1 : -count;
                if (index is < 0 or > int.MaxValue)
                {
                    return -1;
                }

                continue;
            }

            if (index >= limit || count > MostCount || (sum += count) > MostCount)
            {
                return -1;
            }

            lastBig = (int)index++;
            used += PackedCounts.Pack(lastBig, count, entries[used..]);
            usedByBig = used;
        }

        total = sum;
        last = used == usedByBig ? lastBig : PackedCounts.IndexOf(entries[used - 1]);
        return sum <= MostCount && last < limit && budget.Take(pages * Histogram.PageSize * sizeof(long)) ? used : -1;
    }

    /// <summary>What a byte below 128 says: in its first byte the count, 0 for zeros; in the second how far it goes; in the third 1 for a count.</summary>
    private static uint MeaningOf(int coded)
    {
        var isRun = (coded & 1) == 1;
        var (count, length) = isRun ? (0, (coded + 1) >> 1) : (coded >> 1, 1);
        return (uint)(count | (length << 8) | (count > 0 ? 1 << 16 : 0));
    }

    private static bool TryReadRest(ReadOnlySpan<byte> bytes, ref int at, ref ulong value)
    {
        value &= 0x7F;
        for (var shift = 7; at < bytes.Length && shift < 7 * MostBytesOfCount; shift += 7)
        {
            // The ninth byte is whole.
            var (part, last) = (bytes[at++], shift == 7 * (MostBytesOfCount - 1));
            value |= (ulong)(last ? part : part & 0x7F) << shift;
            if (last || part < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    private static Problem Bad(string why) => new($"Decoding a histogram failed: {why}.");
}
