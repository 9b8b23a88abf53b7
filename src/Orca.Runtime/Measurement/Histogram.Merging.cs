using System.Numerics;

namespace Orca.Measurement;

/// <content>Adding up, and taking apart what came when.</content>
internal sealed partial class Histogram
{
    /// <summary>Adds all values of another, which may be recording meanwhile; exact where the precision is the same.</summary>
    public void Add(Histogram other)
    {
        if (other._packed is { } packed && other.Precision == Precision)
        {
            // Nobody records into it.
            if (other._count > 0)
            {
                packed.AddTo(this);
                _count += other._count;
                _sumAdded += other.Sum;
                (_min, _max) = (Math.Min(_min, other._min), Math.Max(_max, other._max));
            }
        }
        else
        {
            AddLive(other);
        }

        _clamped += other._clamped;
    }

    private void AddLive(Histogram other)
    {
        var added = other.Precision == Precision ? AddPages(other._pages) : AddBuckets(other);

        // What the other writes before a count must be read after it.
        Interlocked.MemoryBarrier();
        if (added > 0)
        {
            _count += added;
            _sumAdded += other.Sum;

            // The writer may be ahead of the counts just read by a value that has no bucket here yet.
            _min = Math.Min(_min, Math.Max(other._min, _layout.LowestAt(NextIndex(0))));
            _max = Math.Max(_max, Math.Min(other._max, _layout.HighestAt(LastIndex())));
        }
    }

    /// <summary>Adds what came to another since an earlier state of it, as <see cref="Since"/> gives it.</summary>
    public void AddSince(Histogram later, Histogram earlier)
    {
        if (earlier._count == 0 || later.Precision != Precision || earlier.Precision != Precision || later._packed is not { } now || earlier._packed is not { } before)
        {
            Add(earlier._count == 0 ? later : later.Since(earlier));
            return;
        }

        var (added, first, last) = now.AddSince(before, this);
        if (added > 0)
        {
            _count += added;
            _sumAdded += Int128.Max(0, later.Sum - earlier.Sum);
            _min = Math.Min(_min, Math.Max(later.LeastSince(earlier, first), _layout.LowestAt(NextIndex(0))));
            _max = Math.Max(_max, Math.Min(later.GreatestSince(earlier, last), _layout.HighestAt(LastIndex())));
        }

        _clamped += Math.Max(0, later._clamped - earlier._clamped);
    }

    /// <summary>What came since an earlier state of the same histogram.</summary>
    /// <remarks>Least and greatest are exact where they moved since or nothing was there before, else those of the buckets.</remarks>
    public Histogram Since(Histogram earlier)
    {
        var since = new Histogram(Precision);
        if (earlier._count == 0 || earlier.Precision != Precision)
        {
            since.Add(this);
            return since;
        }

        if (_packed is { } now && earlier._packed is { } then)
        {
            since._count = now.AddSince(then, since).Added;
        }
        else
        {
            var (pages, before) = (Table, earlier.Table);
            for (var number = 0; number < pages.Length; number++)
            {
                if (pages[number] is { } page)
                {
                    since.SetDifference(number, page, number < before.Length ? before[number] : null);
                }
            }
        }

        if (since._count > 0)
        {
            since._sumAdded = Int128.Max(0, Sum - earlier.Sum);
            since._min = LeastSince(earlier, since.NextIndex(0));
            since._max = GreatestSince(earlier, since.LastIndex());
        }

        since._clamped = Math.Max(0, _clamped - earlier._clamped);
        return since;
    }

    private long LeastSince(Histogram earlier, int first) => _min < earlier._min ? _min : Math.Max(_min, _layout.LowestAt(first));

    private long GreatestSince(Histogram earlier, int last) => _max > earlier._max ? _max : Math.Min(_max, _layout.HighestAt(last));

    private long AddPages(long[]?[] pages)
    {
        var added = 0L;
        for (var number = 0; number < pages.Length; number++)
        {
            if (Volatile.Read(ref pages[number]) is { } page && page.AsSpan().ContainsAnyExcept(0L))
            {
                added += Table is { Length: > 0 } mine && mine[number] is { } own ? AddCounts(page, own) : CopyCounts(page, number);
            }
        }

        return added;
    }

    /// <summary>Adds counts and returns how many; each count is read once, so that what is returned is what was added.</summary>
    private static long AddCounts(long[] from, long[] to)
    {
        var sum = Vector<long>.Zero;
        for (var i = 0; i < PageSize; i += Vector<long>.Count)
        {
            var counts = new Vector<long>(from, i);
            (new Vector<long>(to, i) + counts).CopyTo(to, i);
            sum += counts;
        }

        return Vector.Sum(sum);
    }

    /// <summary>The same for a page that is not here yet.</summary>
    private long CopyCounts(long[] from, int number)
    {
        var to = GC.AllocateUninitializedArray<long>(PageSize);
        var sum = Vector<long>.Zero;
        for (var i = 0; i < PageSize; i += Vector<long>.Count)
        {
            var counts = new Vector<long>(from, i);
            counts.CopyTo(to, i);
            sum += counts;
        }

        Publish(number, to);
        return Vector.Sum(sum);
    }

    /// <summary>Of another precision: what was in a bucket goes where its greatest value belongs.</summary>
    private long AddBuckets(Histogram other)
    {
        var added = 0L;
        for (var index = other.NextIndex(0); index >= 0; index = other.NextIndex(index + 1))
        {
            var (count, to) = (other.CountAt(index), _layout.IndexOf(Math.Min(HistogramLayout.Highest, other._layout.HighestAt(index))));
            PageOrNew(to >> PageBits)[to & (PageSize - 1)] += count;
            added += count;
        }

        return added;
    }

    private void SetDifference(int number, long[] later, long[]? earlier)
    {
        if (earlier is not null && later.AsSpan().SequenceEqual(earlier))
        {
            return;
        }

        var page = AddPage(number);
        var sum = Vector<long>.Zero;
        for (var i = 0; i < PageSize; i += Vector<long>.Count)
        {
            var before = earlier is null ? Vector<long>.Zero : new Vector<long>(earlier, i);
            var counts = Vector.Max(new Vector<long>(later, i) - before, Vector<long>.Zero);
            counts.CopyTo(page, i);
            sum += counts;
        }

        _count += Vector.Sum(sum);
    }
}
