namespace Orca.Samples.Target;

/// <summary>Counts by second, for an hour; what comes later counts in the last second.</summary>
internal sealed class SecondCounts
{
    private readonly long[] _seconds = new long[3600];

    public long Total
    {
        get
        {
            var total = 0L;
            for (var second = 0; second < _seconds.Length; second++)
            {
                total += Interlocked.Read(ref _seconds[second]);
            }

            return total;
        }
    }

    public void Add(TimeSpan at) => Interlocked.Increment(ref _seconds[Math.Min((int)at.TotalSeconds, _seconds.Length - 1)]);

    /// <summary>Gets the counts up to the last second in which anything came.</summary>
    public IReadOnlyList<long> Read()
    {
        var counts = new long[_seconds.Length];
        var length = 0;
        for (var second = 0; second < counts.Length; second++)
        {
            counts[second] = Interlocked.Read(ref _seconds[second]);
            length = counts[second] > 0 ? second + 1 : length;
        }

        return counts[..length];
    }
}
