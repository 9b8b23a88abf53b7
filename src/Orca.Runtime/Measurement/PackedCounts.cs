using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Orca.Measurement;

/// <summary>A histogram's counts as they were decoded: only those that are not zero, by ascending index, in a tenth of the memory of pages.</summary>
/// <remarks>An entry is the index and, in its lowest bits, the count; where that is too great for them they are zero, and two entries with the count follow.</remarks>
internal sealed class PackedCounts(uint[] entries)
{
    /// <summary>Bits of the count in an entry; the rest hold every index of the most precise layout.</summary>
    public const int CountBits = 13;

    private const uint Mask = (1 << CountBits) - 1;

    private const int PageShift = CountBits + 8;

    /// <summary>The first index that holds values, or -1.</summary>
    public int First { get; } = entries.Length == 0 ? -1 : (int)(entries[0] >> CountBits);

    /// <summary>The last index that holds values, or -1.</summary>
    public required int Last { get; init; }

    /// <summary>The entry of a count that fits into one.</summary>
    public static uint Small(int index, uint count) => ((uint)index << CountBits) | count;

    public static int IndexOf(uint entry) => (int)(entry >> CountBits);

    /// <summary>Writes an entry; returns how many places it takes.</summary>
    public static int Pack(int index, long count, Span<uint> to)
    {
        var place = (uint)index << CountBits;
        if (count <= Mask)
        {
            to[0] = place | (uint)count;
            return 1;
        }

        (to[0], to[1], to[2]) = (place, (uint)count, (uint)(count >> 32));
        return 3;
    }

    /// <summary>Adds them to a histogram of the same layout.</summary>
    public void AddTo(Histogram histogram)
    {
        var (number, at) = (-1, 0);
        ref var page = ref Unsafe.NullRef<long>();
        ReadOnlySpan<uint> all = entries;
        while (at < all.Length)
        {
            var entry = all[at++];
            long count = entry & Mask;
            if (count == 0)
            {
                count = CountOf(entry, all, ref at);
            }

            if ((int)(entry >> PageShift) != number)
            {
                number = (int)(entry >> PageShift);
                page = ref MemoryMarshal.GetReference(histogram.PageOrNew(number));
            }

            // Every page is whole.
            Unsafe.Add(ref page, (nint)(entry >> CountBits) & (Histogram.PageSize - 1)) += count;
        }
    }

    /// <summary>Adds what they have more than an earlier state of theirs, index by index, to a histogram of the same layout.</summary>
    /// <returns>How many values that is, and the first and last index of them, -1 where there are none.</returns>
    public (long Added, int First, int Last) AddSince(PackedCounts earlier, Histogram histogram)
    {
        var (added, first, last, number, at, beforeAt) = (0L, -1, -1, -1, 0, 0);
        var page = Span<long>.Empty;
        ReadOnlySpan<uint> all = entries;
        ReadOnlySpan<uint> allBefore = earlier.Entries;
        var (before, countBefore) = Next(allBefore, ref beforeAt);
        while (at < all.Length)
        {
            var entry = all[at++];
            var count = CountOf(entry, all, ref at);
            var index = (int)(entry >> CountBits);
            while (before < index)
            {
                (before, countBefore) = Next(allBefore, ref beforeAt);
            }

            count -= before == index ? countBefore : 0;
            if (count <= 0)
            {
                continue;
            }

            if ((int)(entry >> PageShift) != number)
            {
                number = (int)(entry >> PageShift);
                page = histogram.PageOrNew(number);
            }

            page[index & (Histogram.PageSize - 1)] += count;
            added += count;
            first = first < 0 ? index : first;
            last = index;
        }

        return (added, first, last);
    }

    /// <summary>The index that holds the value of a rank, from 1; the last one where there are fewer values.</summary>
    public int IndexOf(long rank)
    {
        var (index, at) = (0, 0);
        while (at < entries.Length && rank > 0)
        {
            (index, var count) = Next(entries, ref at);
            rank -= count;
        }

        return index;
    }

    private ReadOnlySpan<uint> Entries => entries;

    private static (int Index, long Count) Next(ReadOnlySpan<uint> all, ref int at)
    {
        if (at >= all.Length)
        {
            return (int.MaxValue, 0);
        }

        var entry = all[at++];
        return ((int)(entry >> CountBits), CountOf(entry, all, ref at));
    }

    private static long CountOf(uint entry, ReadOnlySpan<uint> all, ref int at)
    {
        long count = entry & Mask;
        if (count == 0)
        {
            count = all[at] | ((long)all[at + 1] << 32);
            at += 2;
        }

        return count;
    }
}
