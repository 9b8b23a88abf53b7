using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using Orca.Measurement;

namespace Orca.Results;

/// <summary>The wire form of closed intervals in the swarm's list: binary, versioned, compressed, with all that was measured.</summary>
/// <remarks>
/// Four bytes <c>ORCI</c>, the version, a check sum (Brotli has none), then fields; the body is compressed and holds the work as a
/// snapshot does. Unknown fields are skipped, so the version moves only where a known one changes its meaning. What follows from the
/// plan is left out.
/// </remarks>
internal static class IntervalCodec
{
    public const byte Version = 1;

    /// <summary>Bytes of the longest interval that is decoded, compressed or not.</summary>
    public const int MostBytes = SnapshotCodec.MostBytes;

    private const long MostTicks = 1L << 58;
    private const int SumAt = 5;
    private const int PrefixLength = SumAt + 8;

    // Higher levels take several times as long for a few bytes in a hundred.
    private const int Quality = 1;
    private const int Window = 20;

    private static ReadOnlySpan<byte> Magic => "ORCI"u8;

    /// <summary>Encodes an interval as <see cref="RunLedger.CloseIntervals"/> gave it, its detail included.</summary>
    public static byte[] Encode(RunInterval interval, long fencing)
    {
        using var unpacked = StoredIntervalWriter.Body(interval);
        var body = unpacked.Written;
        using var writer = new WireWriter();
        writer.Raw(Magic);
        writer.Raw([Version]);
        writer.Take(PrefixLength - SumAt);
        writer.Number(StoredIntervalFields.Fencing, fencing);
        writer.Number(StoredIntervalFields.Number, interval.Number);
        writer.Number(StoredIntervalFields.From, interval.From.Ticks);
        writer.Number(StoredIntervalFields.To, interval.To.Ticks);
        writer.Number(StoredIntervalFields.Correction, interval.Correction ? 1 : 0);
        writer.Number(StoredIntervalFields.BodyLength, body.Length);
        var start = writer.Begin(StoredIntervalFields.Body);
        if (!BrotliEncoder.TryCompress(body, writer.Reserve(BrotliEncoder.GetMaxCompressedLength(body.Length)), out var length, Quality, Window))
        {
            throw new InvalidOperationException($"Brotli did not compress {body.Length} bytes into as many as it says it needs at most.");
        }

        writer.Advance(length);
        writer.End(start);
        var bytes = writer.Written.ToArray();
        Seal(bytes);
        return bytes;
    }

    /// <summary>Puts the check sum of all that comes after it in its place.</summary>
    public static void Seal(Span<byte> bytes) => SumOf(bytes).CopyTo(bytes[SumAt..]);

    /// <summary>Decodes what <see cref="Encode"/> made; a problem for anything else, however mangled, with bounded work and memory.</summary>
    public static Outcome<StoredInterval> Decode(ReadOnlySpan<byte> bytes)
    {
        if (PrefixProblem(bytes) is { } problem)
        {
            return problem;
        }

        if (ReadHeader(bytes, out var length, out var body) is not { } header)
        {
            return Mangled(bytes);
        }

        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var plain = rented.AsSpan(0, length);
            return BrotliDecoder.TryDecompress(body, plain, out var written) && written == length && StoredIntervalReader.Read(header, plain) is { } stored
                ? stored
                : Mangled(bytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Only which interval it is, cheaply.</summary>
    public static Outcome<StoredIntervalHeader> DecodeHeader(ReadOnlySpan<byte> bytes) =>
        PrefixProblem(bytes) is { } problem ? problem
        : ReadHeader(bytes, out _, out _) is { } header ? header
        : Mangled(bytes);

    private static StoredIntervalHeader? ReadHeader(ReadOnlySpan<byte> bytes, out int length, out ReadOnlySpan<byte> body)
    {
        var fields = new WireReader(bytes[PrefixLength..]);
        var (fencing, number, from, to, correction) = (0L, 0, 0L, 0L, false);
        length = 0;
        body = default;
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case StoredIntervalFields.Fencing: fencing = fields.Count(long.MaxValue); break;
                case StoredIntervalFields.Number: number = (int)fields.Count(int.MaxValue); break;
                case StoredIntervalFields.From: from = fields.Count(MostTicks); break;
                case StoredIntervalFields.To: to = fields.Count(MostTicks); break;
                case StoredIntervalFields.Correction: correction = fields.Count(1) == 1; break;
                case StoredIntervalFields.BodyLength: length = (int)fields.Count(MostBytes); break;
                case StoredIntervalFields.Body: body = fields.Bytes(); break;
            }
        }

        return fields.Failed || to < from ? null : new(fencing, number, new(from), new(to), correction);
    }

    private static Problem? PrefixProblem(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < PrefixLength || !bytes.StartsWith(Magic))
        {
            return new($"Decoding an interval of {bytes.Length} bytes failed: it does not begin as an interval does.");
        }

        if (bytes[Magic.Length] != Version)
        {
            return new($"Decoding an interval failed: it has version {bytes[Magic.Length]}, this Orca reads version {Version}.")
            {
                Advice = "Take a run over with the version of Orca that began it.",
            };
        }

        if (bytes.Length > MostBytes)
        {
            return new($"Decoding an interval failed: it has {bytes.Length} bytes, at most {MostBytes} are read.");
        }

        return bytes[SumAt..PrefixLength].SequenceEqual(SumOf(bytes)) ? null : Mangled(bytes);
    }

    private static ReadOnlySpan<byte> SumOf(ReadOnlySpan<byte> bytes) => SHA256.HashData(bytes[PrefixLength..]).AsSpan(0, PrefixLength - SumAt);

    private static Problem Mangled(ReadOnlySpan<byte> bytes) =>
        new($"Decoding an interval of {bytes.Length} bytes failed: its contents are mangled, cut short or out of range.");
}
