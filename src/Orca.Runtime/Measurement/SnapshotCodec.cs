namespace Orca.Measurement;

/// <summary>The wire form of snapshots: binary, versioned, with histograms in HdrHistogram's V2 encoding.</summary>
/// <remarks>
/// Four bytes <c>ORCS</c>, the version, then fields; histograms carry their exact sum, least and greatest beside the V2 bytes.
/// Unknown fields are skipped, so the version moves only where a known one changes its meaning.
/// </remarks>
internal static class SnapshotCodec
{
    public const byte Version = 1;

    /// <summary>Bytes of the longest snapshot that is decoded.</summary>
    public const int MostBytes = 64 << 20;

    private const int PrefixLength = 5;

    private static ReadOnlySpan<byte> Magic => "ORCS"u8;

    public static byte[] Encode(Snapshot snapshot)
    {
        using var writer = new WireWriter();
        writer.Raw(Magic);
        writer.Raw([Version]);
        SnapshotWriter.Write(snapshot, writer);
        return writer.Written.ToArray();
    }

    /// <summary>Decodes what <see cref="Encode"/> made; a problem for anything else, however mangled, with bounded work and memory.</summary>
    public static Outcome<Snapshot> Decode(ReadOnlySpan<byte> bytes) =>
        PrefixProblem(bytes) is { } problem ? problem
        : SnapshotReader.Read(bytes[PrefixLength..]) is { } snapshot ? snapshot
        : Mangled(bytes);

    /// <summary>Only the header, cheaply.</summary>
    public static Outcome<SnapshotHeader> DecodeHeader(ReadOnlySpan<byte> bytes) =>
        PrefixProblem(bytes) is { } problem ? problem
        : SnapshotReader.ReadHeader(bytes[PrefixLength..]) is { } header ? header
        : Mangled(bytes);

    private static Problem? PrefixProblem(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < PrefixLength || !bytes.StartsWith(Magic))
        {
            return new($"Decoding a snapshot of {bytes.Length} bytes failed: it does not begin as a snapshot does.");
        }

        if (bytes[Magic.Length] != Version)
        {
            return new($"Decoding a snapshot failed: it has version {bytes[Magic.Length]}, this Orca reads version {Version}.")
            {
                Advice = "Run the same version of Orca on the leader and on all drones.",
            };
        }

        return bytes.Length <= MostBytes
            ? null
            : new($"Decoding a snapshot failed: it has {bytes.Length} bytes, at most {MostBytes} are read.");
    }

    private static Problem Mangled(ReadOnlySpan<byte> bytes) =>
        new($"Decoding a snapshot of {bytes.Length} bytes failed: its contents are mangled, cut short or out of range.");
}
