using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Orca.Measurement;

/// <summary>Counts of values from 0 to <see cref="HistogramLayout.Highest"/> in HdrHistogram's layout, with exact count, sum, least and greatest beside them.</summary>
/// <remarks>
/// One writer. Readers on other threads <see cref="Add"/> it to a histogram of their own: every count that they see was
/// recorded, and the counts are complete once the writer's last call happened before.
/// </remarks>
internal sealed partial class Histogram
{
    /// <summary>Counts in a page: 2 KiB.</summary>
    public const int PageSize = 1 << PageBits;

    /// <summary>Bits of a count's place in its page.</summary>
    public const int PageBits = 8;
    private const int SumBits = 21;

    private readonly HistogramLayout _layout;
    private readonly int _halfMagnitude;
    private readonly long _mask;

    // A page is published with all its counts zero and never taken back; the table itself comes with the first page.
    private long[]?[] _pages = [];

    // What was decoded stays as it came until someone asks for more than a sum or a percentile: most of it never is.
    private PackedCounts? _packed;

    // The live sum is kept in two parts that only grow and never overflow, so that a reader cannot see a torn one.
    private ulong _sumLow;
    private ulong _sumHigh;
    private Int128 _sumAdded;
    private long _count;
    private long _min = long.MaxValue;
    private long _max = -1;
    private long _clamped;

    public Histogram(int precision)
    {
        _layout = HistogramLayout.Of(precision);
        (_halfMagnitude, _mask) = (_layout.HalfMagnitude, _layout.Mask);
    }

    /// <summary>Counts that were decoded; <see cref="Restore"/> or <see cref="Recount"/> is to follow.</summary>
    public Histogram(int precision, PackedCounts packed)
        : this(precision) => _packed = packed;

    public int Precision => _layout.Digits;

    public HistogramLayout Layout => _layout;

    public long Count => _count;

    public Int128 Sum => _sumAdded + _sumLow + ((Int128)_sumHigh << SumBits);

    /// <summary>The least value, 0 when empty.</summary>
    public long Min => _count == 0 ? 0 : _min;

    /// <summary>The greatest value, 0 when empty.</summary>
    public long Max => _count == 0 ? 0 : _max;

    /// <summary>Values that were out of range and recorded as the nearest one in range.</summary>
    public long Clamped => _clamped;

    /// <summary>The exact mean, 0 when empty.</summary>
    public double Mean => _count == 0 ? 0 : (double)Sum / _count;

    /// <summary>The buckets that hold values, from the least up.</summary>
    public IEnumerable<HistogramBucket> Buckets
    {
        get
        {
            for (var index = NextIndex(0); index >= 0; index = NextIndex(index + 1))
            {
                yield return new(_layout.LowestAt(index), _layout.HighestAt(index), CountAt(index));
            }
        }
    }

    /// <summary>Records one value, in nanoseconds (or a metric's own unit). Takes no lock and allocates only a page seen for the first time.</summary>
    public void Record(long value)
    {
        if ((ulong)value > HistogramLayout.Highest)
        {
            value = Clamp(value);
        }

        var bucket = 63 - _halfMagnitude - BitOperations.LeadingZeroCount((ulong)(value | _mask));
        var index = (bucket << _halfMagnitude) + (int)(value >> bucket);
        var pages = _pages;
        var number = index >> PageBits;
        var page = ((uint)number < (uint)pages.Length ? pages[number] : null) ?? AddPage(number);

        _sumLow += (ulong)value & ((1UL << SumBits) - 1);
        _sumHigh += (ulong)value >> SumBits;
        if (value < _min)
        {
            _min = value;
        }

        if (value > _max)
        {
            _max = value;
        }

        _count++;

        // Released last: a reader that sees this count sees a sum, least and greatest that include it.
        ref var count = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(page), index & (PageSize - 1));
        Volatile.Write(ref count, count + 1);
    }

    /// <summary>The value at a percentile, 0 to 100: the greatest value that is equivalent to the one at that rank; 0 when empty.</summary>
    /// <remarks>The rank is that of HdrHistogram: the percentage of the count, rounded half up, at least 1. 0 gives the exact least, 100 the exact greatest.</remarks>
    public long ValueAt(double percentile)
    {
        if (_count == 0)
        {
            return 0;
        }

        if (!(percentile > 0))
        {
            return _min;
        }

        if (percentile >= 100)
        {
            return _max;
        }

        var rank = Math.Clamp((long)((percentile / 100 * _count) + 0.5), 1, _count);
        if (_packed is { } packed)
        {
            return Math.Clamp(_layout.HighestAt(packed.IndexOf(rank)), _min, _max);
        }

        for (var number = 0; number < _pages.Length; number++)
        {
            var page = Page(number);
            for (var i = 0; i < page.Length; i++)
            {
                rank -= page[i];
                if (rank <= 0)
                {
                    return Math.Clamp(_layout.HighestAt((number << PageBits) + i), _min, _max);
                }
            }
        }

        return _max;
    }

    /// <summary>How many values were greater, but for those in the same bucket.</summary>
    public long CountAbove(long value)
    {
        if (value < 0)
        {
            return _count;
        }

        var above = 0L;
        if (value < _max)
        {
            var first = _layout.IndexOf(value) + 1;
            for (var index = NextIndex(first); index >= 0; index = NextIndex(index + 1))
            {
                above += CountAt(index);
            }
        }

        return above;
    }

    /// <summary>The first index from <paramref name="index"/> on that holds values, or -1.</summary>
    public int NextIndex(int index)
    {
        if (_packed is { } packed && index <= packed.First)
        {
            return packed.First;
        }

        var pages = Table;
        for (var number = index >> PageBits; number < pages.Length; number++)
        {
            var from = Math.Max(index, number << PageBits) & (PageSize - 1);
            if (pages[number] is { } page)
            {
                var offset = page.AsSpan(from).IndexOfAnyExcept(0L);
                if (offset >= 0)
                {
                    return (number << PageBits) + from + offset;
                }
            }
        }

        return -1;
    }

    /// <summary>The last index that holds values, or -1.</summary>
    public int LastIndex()
    {
        if (_packed is { } packed)
        {
            return packed.Last;
        }

        var pages = _pages;
        for (var number = pages.Length - 1; number >= 0; number--)
        {
            var offset = pages[number].AsSpan().LastIndexOfAnyExcept(0L);
            if (offset >= 0)
            {
                return (number << PageBits) + offset;
            }
        }

        return -1;
    }

    /// <summary>The count at an index that a page holds.</summary>
    public long CountAt(int index) => Table[index >> PageBits]![index & (PageSize - 1)];

    /// <summary>How many pages there are, filled or not, and 0 as long as nothing was recorded.</summary>
    public int Pages => Table.Length;

    /// <summary>The counts of a page, which begin at <see cref="PageSize"/> times its number; empty where there are none.</summary>
    public ReadOnlySpan<long> Page(int number) => Volatile.Read(ref Table[number]);

    /// <summary>The counts of a page, to be filled by a decoder, which calls <see cref="Recount"/> at the end.</summary>
    public Span<long> PageOrNew(int number) => (_pages.Length == 0 ? null : _pages[number]) ?? AddPage(number);

    private long[]?[] Table => _packed is null ? _pages : Unpack();

    /// <summary>Takes count, least and greatest from the buckets, and the sum from their middles.</summary>
    public void Recount()
    {
        (_count, _sumAdded, _sumLow, _sumHigh) = (0, 0, 0, 0);
        for (var index = NextIndex(0); index >= 0; index = NextIndex(index + 1))
        {
            var count = CountAt(index);
            _count += count;
            _sumAdded += (Int128)count * (_layout.LowestAt(index) + ((_layout.HighestAt(index) - _layout.LowestAt(index)) / 2));
        }

        (_min, _max) = _count == 0
            ? (long.MaxValue, -1)
            : (_layout.LowestAt(NextIndex(0)), Math.Min(HistogramLayout.Highest, _layout.HighestAt(LastIndex())));
    }

    /// <summary>Takes count, sum, least and greatest from what travelled beside the buckets, as far as these allow.</summary>
    public void Restore(long count, Int128 sum, long min, long max, long clamped)
    {
        (_count, _clamped, _sumLow, _sumHigh) = (count, clamped, 0, 0);
        if (count > 0)
        {
            var (first, last) = (NextIndex(0), LastIndex());
            _sumAdded = Int128.Clamp(sum, 0, (Int128)count * HistogramLayout.Highest);
            _min = Math.Clamp(min, _layout.LowestAt(first), _layout.HighestAt(first));
            _max = Math.Max(_min, Math.Clamp(max, _layout.LowestAt(last), _layout.HighestAt(last)));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long Clamp(long value)
    {
        _clamped++;
        return value < 0 ? 0 : HistogramLayout.Highest;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long[] AddPage(int number)
    {
        var pages = Table;
        return pages.Length > 0 && pages[number] is { } unpacked ? unpacked : Publish(number, new long[PageSize]);
    }

    private long[] Publish(int number, long[] page)
    {
        var pages = Table;
        if (pages.Length == 0)
        {
            Volatile.Write(ref _pages, pages = new long[]?[(_layout.Length + PageSize - 1) >> PageBits]);
        }

        Volatile.Write(ref pages[number], page);
        return page;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long[]?[] Unpack()
    {
        if (_packed is { } packed)
        {
            var unpacked = new Histogram(Precision);
            packed.AddTo(unpacked);

            // In this order: whoever sees that nothing is packed sees the pages.
            Volatile.Write(ref _pages, unpacked._pages);
            Volatile.Write(ref _packed, null);
        }

        return _pages;
    }
}
