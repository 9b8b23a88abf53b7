using System.Numerics;

namespace Orca.Measurement;

/// <summary>HdrHistogram's bucket layout for values up to <see cref="Highest"/> at one precision.</summary>
internal sealed class HistogramLayout
{
    /// <summary>The greatest value that is told apart: an hour in nanoseconds.</summary>
    public const long Highest = 3_600_000_000_000;

    public const int MostDigits = 4;

    private static readonly HistogramLayout[] _layouts = [.. Enumerable.Range(1, MostDigits).Select(digits => new HistogramLayout(digits))];

    private HistogramLayout(int digits)
    {
        Digits = digits;
        var resolution = 2 * (long)Math.Pow(10, digits);
        HalfMagnitude = BitOperations.Log2((ulong)resolution - 1);
        Mask = (1L << (HalfMagnitude + 1)) - 1;
        var buckets = 1;
        for (var untrackable = Mask + 1; untrackable <= Highest; untrackable <<= 1)
        {
            buckets++;
        }

        Length = (buckets + 1) << HalfMagnitude;
    }

    /// <summary>The significant decimal digits.</summary>
    public int Digits { get; }

    /// <summary>Half the sub-buckets of a bucket, as a power of two.</summary>
    public int HalfMagnitude { get; }

    /// <summary>The values that the first bucket tells apart one by one.</summary>
    public long Mask { get; }

    /// <summary>How many counts there are.</summary>
    public int Length { get; }

    public static HistogramLayout Of(int digits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(digits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(digits, MostDigits);
        return _layouts[digits - 1];
    }

    public int IndexOf(long value)
    {
        var bucket = 63 - HalfMagnitude - BitOperations.LeadingZeroCount((ulong)(value | Mask));
        return (bucket << HalfMagnitude) + (int)(value >> bucket);
    }

    public long LowestAt(int index) => (long)SubBucketOf(index) << BucketOf(index);

    public long HighestAt(int index) => LowestAt(index) + (1L << BucketOf(index)) - 1;

    private int BucketOf(int index) => Math.Max(0, (index >> HalfMagnitude) - 1);

    private int SubBucketOf(int index) => index - (BucketOf(index) << HalfMagnitude);
}
