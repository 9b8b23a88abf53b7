namespace Orca.Plans;

/// <summary>Counts the Poisson arrivals up to a place in the integral: drawn once, as far as asked for, with a bookmark every few thousand gaps.</summary>
/// <remarks>Safe for many threads; one draws at a time.</remarks>
internal sealed class PoissonIndex(PoissonStream stream, Int128 end)
{
    private const int Stride = 4096;

    private readonly Lock _lock = new();

    // Bookmark i: the place of arrival i · Stride.
    private readonly List<Int128> _bookmarks = [stream.Gap(0)];

    /// <summary>All arrivals: those that lie before the integral's end.</summary>
    public long Total => CountUpTo(end - 1);

    /// <summary>The arrivals whose place is at most <paramref name="units"/>, and before the integral's end.</summary>
    public long CountUpTo(Int128 units)
    {
        units = Int128.Min(units, end - 1);
        lock (_lock)
        {
            while (_bookmarks[^1] <= units)
            {
                _bookmarks.Add(PlaceOf((_bookmarks.Count - 1L) * Stride, _bookmarks[^1], Stride));
            }

            var found = _bookmarks.BinarySearch(units);
            var index = found >= 0 ? found : ~found - 1;
            if (index < 0)
            {
                return 0;
            }

            var (k, place) = ((long)index * Stride, _bookmarks[index]);
            while (place <= units)
            {
                place += stream.Gap(++k);
            }

            return k;
        }
    }

    private Int128 PlaceOf(long k, Int128 place, int further)
    {
        for (var i = 1; i <= further; i++)
        {
            place += stream.Gap(k + i);
        }

        return place;
    }
}
