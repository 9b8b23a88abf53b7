namespace Orca.Measurement;

/// <summary>The wire form of snapshots: binary, versioned, with histograms in HdrHistogram's V2 encoding.</summary>
internal static class SnapshotCodec
{
    public static byte[] Encode(Snapshot snapshot) => throw new NotImplementedException();

    /// <summary>Decodes what <see cref="Encode"/> made; a problem for anything else, however mangled, with bounded work and memory.</summary>
    public static Outcome<Snapshot> Decode(ReadOnlySpan<byte> bytes) => throw new NotImplementedException();

    /// <summary>Only the header, cheaply.</summary>
    public static Outcome<SnapshotHeader> DecodeHeader(ReadOnlySpan<byte> bytes) => throw new NotImplementedException();
}
