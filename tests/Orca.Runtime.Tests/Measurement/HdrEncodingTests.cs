using HdrHistogram;
using HdrHistogram.Encoding;
using HdrHistogram.Utilities;
using Orca.Measurement;

namespace Orca.Tests.Measurement;

public class HdrEncodingTests
{
    public static TheoryData<int> Seeds => MeasuredValues.Seeds;

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Encode_RandomValues_GivesTheBytesOfHdrHistogram(int seed)
    {
        var (histogram, oracle) = Both(new(seed), precision: seed == 4 ? 4 : 1 + (seed % 3));

        Assert.Equal(Encoded(oracle), HdrEncoding.Encode(histogram));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Encode_RandomValues_IsReadByHdrHistogram(int seed)
    {
        var (histogram, oracle) = Both(new(seed), precision: seed == 4 ? 4 : 1 + (seed % 3));

        var decoded = HistogramEncoding.DecodeFromByteBuffer(ByteBuffer.Allocate(HdrEncoding.Encode(histogram)), 0);
        var inflated = HistogramEncoding.DecodeFromCompressedByteBuffer(ByteBuffer.Allocate(HdrEncoding.EncodeCompressed(histogram)), 0);
        foreach (var read in new[] { decoded, inflated })
        {
            Assert.Equal(oracle.TotalCount, read.TotalCount);
            Assert.Equal(
                (oracle.LowestTrackableValue, oracle.HighestTrackableValue, oracle.NumberOfSignificantValueDigits),
                (read.LowestTrackableValue, read.HighestTrackableValue, read.NumberOfSignificantValueDigits));
            Assert.Equal(Encoded(oracle), Encoded(read));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Decode_WhatHdrHistogramEncoded_HasItsCounts(int seed)
    {
        var (histogram, oracle) = Both(new(seed), precision: seed == 4 ? 4 : 1 + (seed % 3));

        Assert.True(HdrEncoding.Decode(Encoded(oracle)).TryGet(out var decoded, out var problems), string.Join(' ', problems));
        Assert.Equal(histogram.Buckets, decoded.Buckets);
        Assert.Equal(histogram.Count, decoded.Count);

        var buffer = ByteBuffer.Allocate(oracle.GetNeededByteBufferCapacity());
        oracle.EncodeIntoCompressedByteBuffer(buffer);
        Assert.True(HdrEncoding.DecodeCompressed(Bytes(buffer, header: 8)).TryGet(out decoded, out problems), string.Join(' ', problems));
        Assert.Equal(histogram.Buckets, decoded.Buckets);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Decode_Encoded_IsTheSameButForExactFigures(int seed)
    {
        var (histogram, _) = Both(new Random(seed), precision: 3);

        foreach (var outcome in new[] { HdrEncoding.Decode(HdrEncoding.Encode(histogram)), HdrEncoding.DecodeCompressed(HdrEncoding.EncodeCompressed(histogram)) })
        {
            Assert.True(outcome.TryGet(out var decoded, out _));
            Assert.Equal(histogram.Buckets, decoded.Buckets);
            Assert.Equal(histogram.Count, decoded.Count);
            Assert.InRange((double)decoded.Sum, (double)histogram.Sum * 0.999, (double)histogram.Sum * 1.001);
            Assert.InRange(histogram.Min, decoded.Min, decoded.Max);
            Assert.InRange(histogram.Max, decoded.Min, decoded.Max);
        }
    }

    [Fact]
    public void Decode_EmptyHistogram_IsEmpty()
    {
        Assert.True(HdrEncoding.Decode(HdrEncoding.Encode(new Histogram(2))).TryGet(out var decoded, out _));
        Assert.Equal((0, 2, 0), (decoded.Count, decoded.Precision, decoded.Max));
    }

    [Fact]
    public void Decode_OtherEncoding_NamesBothWords()
    {
        var bytes = HdrEncoding.Encode(new Histogram(2));
        bytes[3] = 0x01;

        Assert.False(HdrEncoding.Decode(bytes).TryGet(out _, out var problems));
        Assert.Contains("1c849301", problems[0].What, StringComparison.Ordinal);
        Assert.Contains("1c849313", problems[0].What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF })] // a run of 2^63 zeros
    [InlineData(new byte[] { 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F })] // a count of nearly 2^63
    [InlineData(new byte[] { 0xFF, 0xFF, 0x7F, 0x02 })] // a count beyond the last bucket
    [InlineData(new byte[] { 0x80 })] // a count cut short
    public void Decode_HostileCounts_IsAProblem(byte[] counts)
    {
        var bytes = HdrEncoding.Encode(new Histogram(3));
        bytes[7] = (byte)counts.Length;

        Assert.False(HdrEncoding.Decode([.. bytes, .. counts]).TryGet(out _, out var problems));
        Assert.Contains("mangled", problems[0].What, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_BeyondTheBudget_IsAProblem()
    {
        var bytes = HdrEncoding.Encode(MeasuredValues.Recorded([1, 1L << 20, 1L << 30]));

        Assert.False(HdrEncoding.DecodeCounts(bytes, new(2 * 2048), out _).TryGet(out _, out _));
        Assert.True(HdrEncoding.DecodeCounts(bytes, new(3 * 2048), out var total).TryGet(out _, out _));
        Assert.Equal(3, total);
    }

    [Fact]
    public void DecodeCompressed_NoZlib_IsAProblem()
    {
        byte[] bytes = [0x1c, 0x84, 0x93, 0x14, 0, 0, 0, 4, 1, 2, 3, 4];

        Assert.False(HdrEncoding.DecodeCompressed(bytes).TryGet(out _, out _));
        Assert.False(HdrEncoding.DecodeCompressed(bytes.AsSpan(0, 5)).TryGet(out _, out _));
    }

    private static byte[] Encoded(HistogramBase oracle)
    {
        var buffer = ByteBuffer.Allocate(oracle.GetNeededByteBufferCapacity());
        oracle.Encode(buffer, HistogramEncoderV2.Instance);
        return Bytes(buffer, header: 40);
    }

    /// <summary>What was written: the second word is the length of what follows the header.</summary>
    private static byte[] Bytes(ByteBuffer buffer, int header)
    {
        buffer.Position = 4;
        var length = header + buffer.GetInt();
        buffer.Position = 0;
        return [.. Enumerable.Range(0, length).Select(_ => buffer.Get())];
    }

    private static (Histogram Ours, LongHistogram Theirs) Both(Random random, int precision)
    {
        long[] values = [.. MeasuredValues.Of(random, random.Next(1, 5_000)).Select(v => v % MeasuredValues.MostOfOracle(precision))];
        var oracle = new LongHistogram(1, HistogramLayout.Highest, precision);
        Array.ForEach(values, oracle.RecordValue);
        return (MeasuredValues.Recorded(values, precision), oracle);
    }
}
