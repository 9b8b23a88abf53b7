using Orca.Measurement;
using Oracle = HdrHistogram.LongHistogram;

namespace Orca.Tests.Measurement;

public class HistogramTests
{
    public static TheoryData<int> Seeds => MeasuredValues.Seeds;

    [Theory]
    [MemberData(nameof(Seeds))]
    public void ValueAt_RandomValues_AgreesWithHdrHistogram(int seed)
    {
        var random = new Random(seed);
        for (var precision = 1; precision <= 4; precision++)
        {
            var most = MeasuredValues.MostOfOracle(precision);
            long[] values = [.. MeasuredValues.Of(random, random.Next(1, 5_000)).Select(v => v % most)];
            var histogram = MeasuredValues.Recorded(values, precision);
            var oracle = new Oracle(1, HistogramLayout.Highest, precision);
            Array.ForEach(values, oracle.RecordValue);
            Assert.Equal(oracle.TotalCount, histogram.Count);
            foreach (var percentile in MeasuredValues.Percentiles)
            {
                var expected = Math.Clamp(oracle.GetValueAtPercentile(percentile), values.Min(), values.Max());
                Assert.True(
                    expected == histogram.ValueAt(percentile),
                    $"p{percentile} of seed {seed}, precision {precision}: {histogram.ValueAt(percentile)}, not {expected}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void ValueAt_Precision3_IsWithinAThousandthOfTheExactValue(int seed)
    {
        var values = MeasuredValues.Of(new Random(seed), 5_000);
        var histogram = MeasuredValues.Recorded(values);
        Array.Sort(values);
        foreach (var percentile in MeasuredValues.Percentiles)
        {
            var exact = values[Math.Clamp((int)((percentile / 100 * values.Length) + 0.5), 1, values.Length) - 1];
            var estimate = histogram.ValueAt(percentile);
            Assert.True(estimate >= exact && estimate <= exact * 1.001, $"p{percentile} of seed {seed}: {estimate} for {exact}");
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Record_RandomValues_KeepsTheExactFigures(int seed)
    {
        var values = MeasuredValues.Of(new Random(seed), 1_000);
        var histogram = MeasuredValues.Recorded(values);

        Assert.Equal(values.Aggregate((Int128)0, (sum, value) => sum + value), histogram.Sum);
        Assert.Equal((values.Length, values.Min(), values.Max(), 0), (histogram.Count, histogram.Min, histogram.Max, histogram.Clamped));
        Assert.Equal((double)histogram.Sum / values.Length, histogram.Mean);
        Assert.Equal((values.Min(), values.Max()), (histogram.ValueAt(0), histogram.ValueAt(100)));
        Assert.All(histogram.Buckets, b => Assert.Equal(b.Count, values.Count(v => v >= b.Lowest && v <= b.Highest)));
    }

    [Fact]
    public void Record_OutOfRange_IsClampedAndCounted()
    {
        var histogram = MeasuredValues.Recorded([long.MinValue, -1, 0, HistogramLayout.Highest, HistogramLayout.Highest + 1, long.MaxValue]);

        Assert.Equal((6, 4), (histogram.Count, histogram.Clamped));
        Assert.Equal((0, HistogramLayout.Highest), (histogram.Min, histogram.Max));
        Assert.Equal((Int128)3 * HistogramLayout.Highest, histogram.Sum);
        Assert.Equal(0, histogram.ValueAt(50));
        Assert.Equal(HistogramLayout.Highest, histogram.ValueAt(51 + (100.0 / 6)));
    }

    [Fact]
    public void Sum_BeyondSixtyFourBits_IsExact()
    {
        var histogram = MeasuredValues.Recorded([HistogramLayout.Highest - 1, 7]);
        var sum = histogram.Sum;
        for (var i = 0; i < 40; i++)
        {
            var copy = new Histogram(3);
            copy.Add(histogram);
            histogram.Add(copy);
        }

        Assert.Equal(sum << 40, histogram.Sum);
        Assert.Equal(2L << 40, histogram.Count);
        Assert.True(histogram.Sum > long.MaxValue);
    }

    [Fact]
    public void EmptyHistogram_GivesZeros()
    {
        var histogram = new Histogram(3);

        Assert.Equal((0, (Int128)0, 0, 0, 0.0), (histogram.Count, histogram.Sum, histogram.Min, histogram.Max, histogram.Mean));
        Assert.Equal((0, 0, 0), (histogram.ValueAt(0), histogram.ValueAt(50), histogram.ValueAt(100)));
        Assert.Equal(0, histogram.CountAbove(-1));
        Assert.Empty(histogram.Buckets);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void Histogram_UnknownPrecision_Throws(int precision) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Histogram(precision));

    [Fact]
    public void ValueAt_NoPercentileAtAll_GivesTheLeast() =>
        Assert.Equal((5, 5, 9), (MeasuredValues.Recorded([5, 9]).ValueAt(double.NaN), MeasuredValues.Recorded([5, 9]).ValueAt(-3), MeasuredValues.Recorded([5, 9]).ValueAt(1e9)));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void CountAbove_RandomValues_CountsTheBucketsAbove(int seed)
    {
        var random = new Random(seed);
        var values = MeasuredValues.Of(random, 2_000);
        var histogram = MeasuredValues.Recorded(values);
        foreach (var limit in values.Take(50).Append(0).Append(HistogramLayout.Highest))
        {
            var layout = histogram.Layout;
            Assert.Equal(values.Count(v => v > layout.HighestAt(layout.IndexOf(limit))), histogram.CountAbove(limit));
        }

        Assert.Equal((values.Length, 0), (histogram.CountAbove(-1), histogram.CountAbove(long.MaxValue)));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Add_Parts_IsTheWhole(int seed)
    {
        var random = new Random(seed);
        var (whole, sum) = (new Histogram(3), new Histogram(3));
        for (var part = random.Next(1, 8); part > 0; part--)
        {
            var values = MeasuredValues.Of(random, random.Next(3_000));
            sum.Add(MeasuredValues.Recorded([.. values, -part]));
            Array.ForEach([.. values, -part], whole.Record);
        }

        MeasuredValues.AssertSame(whole, sum);
    }

    [Fact]
    public void Add_SharesNothingWithTheOther()
    {
        var (sum, other) = (new Histogram(3), MeasuredValues.Recorded([1, 2]));
        sum.Add(other);
        other.Record(2);
        sum.Record(9);

        Assert.Equal((3, 3), (sum.Count, other.Count));
        Assert.Equal(2, other.Max);
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(1, 4)]
    public void Add_OtherPrecision_KeepsCountSumAndTheCoarserQuantiles(int precision, int other)
    {
        var values = MeasuredValues.Of(new Random(8), 5_000);
        var sum = new Histogram(precision);
        sum.Add(MeasuredValues.Recorded(values, other));

        Assert.Equal((values.Length, MeasuredValues.Recorded(values).Sum), (sum.Count, sum.Sum));
        var exact = values.Order().ElementAt(4_499);
        var tolerance = 2 * Math.Pow(10, -Math.Min(precision, other));
        Assert.InRange(sum.ValueAt(90), exact * (1 - tolerance), exact * (1 + tolerance));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Since_EarlierState_IsWhatCameAfter(int seed)
    {
        var random = new Random(seed);
        var (before, after) = (MeasuredValues.Of(random, random.Next(4) * 500), MeasuredValues.Of(random, random.Next(3) * 700));
        var histogram = MeasuredValues.Recorded(before);
        var earlier = new Histogram(3);
        earlier.Add(histogram);
        Array.ForEach(after, histogram.Record);

        var since = histogram.Since(earlier);
        var expected = MeasuredValues.Recorded(after);
        Assert.Equal(expected.Buckets, since.Buckets);
        Assert.Equal((expected.Count, expected.Sum), (since.Count, since.Sum));
        var layout = since.Layout;
        Assert.Equal(
            (layout.IndexOf(expected.Min), layout.IndexOf(expected.Max)),
            (layout.IndexOf(since.Min), layout.IndexOf(since.Max)));
        Assert.True(since.Count == 0 || (since.Min >= histogram.Min && since.Max <= histogram.Max));
        Assert.True(expected.Max <= earlier.Max || expected.Max == since.Max, $"seed {seed}: a new greatest value is exact");
    }

    [Fact]
    public void Since_NothingBefore_IsExact()
    {
        var histogram = MeasuredValues.Recorded([1_000_001, 2_000_003, -5]);

        MeasuredValues.AssertSame(histogram, histogram.Since(new Histogram(3)));
    }

    [Fact]
    public void Since_NothingCame_IsEmpty()
    {
        var histogram = MeasuredValues.Recorded([1_000_001, 2_000_003]);

        MeasuredValues.AssertSame(new Histogram(3), histogram.Since(histogram));
    }

    [Fact]
    public async Task Add_WhileTheOtherRecords_NeverSeesMoreThanWasRecordedNorLess()
    {
        const int Values = 300_000;
        var live = new Histogram(3);
        var written = 0L;
        var writer = Task.Run(
            () =>
            {
                for (var i = 1; i <= Values; i++)
                {
                    live.Record(1L << (i % 40));
                    Volatile.Write(ref written, i);
                }
            },
            TestContext.Current.CancellationToken);
        var earlier = new Histogram(3);
        do
        {
            var least = Volatile.Read(ref written);
            var seen = new Histogram(3);
            seen.Add(live);
            var most = Volatile.Read(ref written) + 1;

            Assert.InRange(seen.Count, least, most);
            Assert.Equal(seen.Count, seen.Buckets.Sum(b => b.Count));
            Assert.Equal(seen.Count - earlier.Count, seen.Since(earlier).Count);
            Assert.True(seen.Count == 0 || (seen.Min >= 1 && seen.Max <= 1L << 39 && seen.Min <= seen.Max));
            Assert.True(seen.Sum >= earlier.Sum);
            earlier = seen;
        }
        while (!writer.IsCompleted);

        await writer;
        var end = new Histogram(3);
        end.Add(live);
        MeasuredValues.AssertSame(live, end);
    }

    [Fact]
    public void Record_KnownPages_AllocatesNothing()
    {
        var histogram = MeasuredValues.Recorded([5, 1_000_000, -1]);

        Assert.Equal(0, MeasuredValues.LeastAllocated(() =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                histogram.Record(5);
                histogram.Record(1_000_000);
                histogram.Record(-1);
            }
        }));
    }

    [Theory]
    [MemberData(nameof(DecodedSeeds))]
    public void Decoded_WhateverIsAskedFirst_IsLikeTheRecorded(int seed)
    {
        var random = new Random(seed);
        var values = MeasuredValues.Of(random, random.Next(1, 2_000));
        var (recorded, part) = (MeasuredValues.Recorded(values), MeasuredValues.Recorded(values.Take(values.Length / 2)));

        Assert.All(MeasuredValues.Percentiles, percentile => Assert.Equal(recorded.ValueAt(percentile), Decoded(recorded).ValueAt(percentile)));
        Assert.Equal(recorded.CountAbove(values[0]), Decoded(recorded).CountAbove(values[0]));
        Assert.Equal(recorded.LastIndex(), Decoded(recorded).LastIndex());
        Assert.Equal(HdrEncoding.Encode(recorded), HdrEncoding.Encode(Decoded(recorded)));
        for (var index = recorded.NextIndex(0); index >= 0; index = recorded.NextIndex(index + 1))
        {
            Assert.Equal(index, Decoded(recorded).NextIndex(index));
        }

        MeasuredValues.AssertSame(recorded, Decoded(recorded));
        MeasuredValues.AssertSame(recorded.Since(part), Decoded(recorded).Since(part));
        MeasuredValues.AssertSame(recorded.Since(part), recorded.Since(Decoded(part)));
        MeasuredValues.AssertSame(recorded.Since(part), Decoded(recorded).Since(Decoded(part)));

        var (sum, other, more) = (new Histogram(3), new Histogram(2), Decoded(recorded));
        sum.Add(Decoded(part));
        sum.AddSince(Decoded(recorded), Decoded(part));
        AssertSameCounts(recorded, sum);
        other.AddSince(Decoded(recorded), Decoded(part));
        Assert.Equal(recorded.Count - part.Count, other.Count);
        more.Record(values[0]);
        recorded.Record(values[0]);
        MeasuredValues.AssertSame(recorded, more);
    }

    [Fact]
    public void Decoded_GreatCounts_AreKept()
    {
        long[] counts = [1, 8_191, 8_192, 1L << 31, 1L << 33, (1L << 49) + 5, 7];
        var (earlier, later, sum) = (new Histogram(4), new Histogram(4), new Histogram(4));
        for (var i = 0; i < counts.Length; i++)
        {
            earlier.PageOrNew(i * 300)[i] = (counts[i] + 1) / 2;
            later.PageOrNew(i * 300)[i] = counts[i];
        }

        earlier.Recount();
        later.Recount();

        Assert.Equal(later.Buckets, Decoded(later).Buckets);
        Assert.All([50, 99.99, 99.9999999], percentile => Assert.Equal(later.ValueAt(percentile), Decoded(later).ValueAt(percentile)));
        sum.Add(Decoded(earlier));
        sum.AddSince(Decoded(later), Decoded(earlier));
        AssertSameCounts(later, sum);
    }

    public static TheoryData<int> DecodedSeeds => MeasuredValues.Seeds;

    private static void AssertSameCounts(Histogram expected, Histogram actual)
    {
        Assert.Equal(expected.Buckets, actual.Buckets);
        Assert.Equal((expected.Count, expected.Sum), (actual.Count, actual.Sum));
    }

    private static Histogram Decoded(Histogram histogram)
    {
        Assert.True(HdrEncoding.DecodeCounts(HdrEncoding.Encode(histogram), new(DecodeBudget.Usual), out var count).TryGet(out var decoded, out _));
        decoded.Restore(count, histogram.Sum, histogram.Min, histogram.Max, histogram.Clamped);
        return decoded;
    }
}
