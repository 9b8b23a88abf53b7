namespace Orca.Measurement;

/// <summary>A histogram's counts as they were decoded: checked, but still in their encoding, a tenth of the size of pages.</summary>
/// <param name="bytes">The counts.</param>
/// <param name="first">The first index that holds values, or -1.</param>
/// <param name="last">The last index that holds values, or -1.</param>
internal sealed class EncodedCounts(byte[] bytes, int first, int last)
{
    public int First => first;

    public int Last => last;

    /// <summary>Adds them to a histogram of the same layout; returns how many values they are.</summary>
    public long AddTo(Histogram histogram)
    {
        var (added, number) = (0L, -1);
        var page = Span<long>.Empty;
        var counts = new HdrCounts(bytes);
        while (counts.MoveNext())
        {
            if (counts.Index / Histogram.PageSize != number)
            {
                number = counts.Index / Histogram.PageSize;
                page = histogram.PageOrNew(number);
            }

            page[counts.Index & (Histogram.PageSize - 1)] += counts.Count;
            added += counts.Count;
        }

        return added;
    }

    /// <summary>Adds what they have more than an earlier state of theirs, index by index, to a histogram of the same layout.</summary>
    /// <returns>How many values that is, and the first and last index of them, -1 where there are none.</returns>
    public (long Added, int First, int Last) AddSince(EncodedCounts earlier, Histogram histogram)
    {
        if (ReferenceEquals(this, earlier) || bytes.AsSpan().SequenceEqual(earlier.Bytes))
        {
            return (0, -1, -1);
        }

        var (added, from, to, number) = (0L, -1, -1, -1);
        var page = Span<long>.Empty;
        var now = new HdrCounts(bytes);
        var before = new HdrCounts(earlier.Bytes);
        var isBefore = before.MoveNext();
        while (now.MoveNext())
        {
            while (isBefore && before.Index < now.Index)
            {
                isBefore = before.MoveNext();
            }

            var count = isBefore && before.Index == now.Index ? now.Count - before.Count : now.Count;
            if (count <= 0)
            {
                continue;
            }

            if (now.Index / Histogram.PageSize != number)
            {
                number = now.Index / Histogram.PageSize;
                page = histogram.PageOrNew(number);
            }

            page[now.Index & (Histogram.PageSize - 1)] += count;
            added += count;
            from = from < 0 ? now.Index : from;
            to = now.Index;
        }

        return (added, from, to);
    }

    /// <summary>The index that holds the value of a rank, from 1; the last one where there are fewer values.</summary>
    public int IndexOf(long rank)
    {
        var counts = new HdrCounts(bytes);
        while (counts.MoveNext() && (rank -= counts.Count) > 0)
        {
        }

        return counts.Index;
    }

    private ReadOnlySpan<byte> Bytes => bytes;
}
