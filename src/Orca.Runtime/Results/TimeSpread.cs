using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orca.Measurement;

namespace Orca.Results;

/// <summary>How times spread, for a heat map: counts in buckets of one width on a logarithmic scale, 20 to a factor of ten. Bucket <c>i</c> begins at 10^(i/20) ns.</summary>
/// <param name="First">The bucket that the first count belongs to.</param>
/// <param name="Counts">The counts, from the first bucket that holds any to the last.</param>
public sealed record TimeSpread(int First, [property: JsonConverter(typeof(CompactCountsConverter))] ImmutableArray<long> Counts)
{
    /// <summary>How many buckets a factor of ten has.</summary>
    public const int BucketsPerDecade = 20;

    // The logarithm of 1 h in nanoseconds is 12.6.
    private const int Buckets = 13 * BucketsPerDecade;

    /// <summary>Where a bucket begins, in milliseconds.</summary>
    /// <param name="bucket">The bucket's number.</param>
    public static double BeginOf(int bucket) => Math.Pow(10, (double)bucket / BucketsPerDecade) / 1e6;

    internal static TimeSpread? Of(Histogram times)
    {
        if (times.Count == 0)
        {
            return null;
        }

        Span<long> counts = stackalloc long[Buckets];
        counts.Clear();
        foreach (var bucket in times.Buckets)
        {
            counts[BucketOf((bucket.Lowest + bucket.Highest) / 2.0)] += bucket.Count;
        }

        var (first, last) = (counts.IndexOfAnyExcept(0L), counts.LastIndexOfAnyExcept(0L));
        return new(first, [.. counts[first..(last + 1)]]);
    }

    private static int BucketOf(double nanoseconds) =>
        nanoseconds <= 1 ? 0 : Math.Min(Buckets - 1, (int)(Math.Log10(nanoseconds) * BucketsPerDecade));
}
