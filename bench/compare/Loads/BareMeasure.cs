using HdrHistogram;
using HdrHistogram.Encoding;
using HdrHistogram.Utilities;

namespace Orca.Compare.Loads;

/// <summary>The yardstick of row l: the HdrHistogram package of .NET with the same values, range and precision; what it decodes it cannot add but by walking through it all.</summary>
internal static class BareMeasure
{
    private const long Highest = 3_600_000_000_000;
    private const int Steps = 20;

    public static Reading Run(Options options)
    {
        var single = New();
        var reading = new Reading { ["record"] = OrcaMeasure.Best(20, () => RecordMany(single)) / OrcaMeasure.Values.Length * 1e9 };

        // A tenth of the drones, for it takes long; the reading is for all.
        var drones = options.Number("drones", 1000);
        foreach (var samples in (int[])[100, 1_000, 10_000])
        {
            var encoded = Encoded(samples);
            reading[$"merge.{samples}"] = OrcaMeasure.Best(2, () => Merge(encoded, drones / 10)) * 10 * 1e3;
        }

        return reading;
    }

    private static LongHistogram New() => new(1, Highest, 3);

    private static void RecordMany(LongHistogram histogram)
    {
        foreach (var value in OrcaMeasure.Values)
        {
            histogram.RecordValue(value);
        }
    }

    private static byte[][] Encoded(int samples)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, Steps).Select(_ =>
        {
            var histogram = New();
            for (var i = 0; i < samples; i++)
            {
                histogram.RecordValue(OrcaMeasure.Response(random));
            }

            var buffer = ByteBuffer.Allocate(histogram.GetNeededByteBufferCapacity());
            var bytes = new byte[histogram.Encode(buffer, HistogramEncoderV2.Instance)];
            buffer.Position = 0;
            for (var i = 0; i < bytes.Length; i++)
            {
                bytes[i] = buffer.Get();
            }

            return bytes;
        })];
    }

    private static void Merge(byte[][] encoded, int drones)
    {
        var sums = encoded.Select(_ => New()).ToArray();
        for (var drone = 0; drone < drones; drone++)
        {
            for (var step = 0; step < encoded.Length; step++)
            {
                sums[step].Add(HistogramEncoding.DecodeFromByteBuffer(ByteBuffer.Allocate(encoded[step]), 0));
            }
        }
    }
}
