using System.Buffers.Binary;
using System.IO.Compression;
using Orca.Measurement;

namespace Orca.Results;

/// <summary>The compressed form of histograms (V2), as HdrHistogram logs hold them.</summary>
internal static class HistogramForm
{
    private const int CompressedCookie = 0x1c849304 | 0x10;

    public static ReadOnlyMemory<byte> Compress(Histogram histogram)
    {
        if (histogram.Count == 0)
        {
            return default;
        }

        var plain = Encode(histogram);
        using var target = new MemoryStream(plain.Length);
        target.Write(stackalloc byte[8]);
        using (var zip = new ZLibStream(target, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(plain);
        }

        var bytes = target.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(bytes, CompressedCookie);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), bytes.Length - 8);
        return bytes;
    }

    private static byte[] Encode(Histogram histogram) => throw new NotImplementedException();
}
