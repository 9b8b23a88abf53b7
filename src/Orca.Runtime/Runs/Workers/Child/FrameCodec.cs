using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Orca.Runs.Workers.Child;

/// <summary>Frames on a stream: four bytes of length, one of kind, then the body, which is JSON but for snapshots.</summary>
internal static class FrameCodec
{
    private const int HeaderLength = 5;
    private const int LongestBody = 256 * 1024 * 1024;

    public static ReadOnlyMemory<byte> Encode(FrameKind kind, ReadOnlySpan<byte> body)
    {
        var frame = new byte[HeaderLength + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, body.Length);
        frame[4] = (byte)kind;
        body.CopyTo(frame.AsSpan(HeaderLength));
        return frame;
    }

    public static ReadOnlyMemory<byte> EncodeJson<T>(FrameKind kind, T body) =>
        Encode(kind, JsonSerializer.SerializeToUtf8Bytes(body, TypeInfo<T>()));

    public static T Body<T>(in Frame frame) => JsonSerializer.Deserialize(frame.Body.Span, TypeInfo<T>())!;

    /// <summary>The next frame; null at the end of the stream, also in the middle of a frame.</summary>
    public static async ValueTask<Frame?> ReadAsync(Stream stream, CancellationToken ct)
    {
        var header = new byte[HeaderLength];
        if (await stream.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false, ct) < HeaderLength)
        {
            return null;
        }

        var body = new byte[LengthIn(header)];
        return await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, ct) < body.Length
            ? null
            : new Frame((FrameKind)header[4], body);
    }

    /// <summary>The next frame, on the calling thread.</summary>
    public static Frame? Read(Stream stream)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        if (stream.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength)
        {
            return null;
        }

        var body = new byte[LengthIn(header)];
        return stream.ReadAtLeast(body, body.Length, throwOnEndOfStream: false) < body.Length ? null : new Frame((FrameKind)header[4], body);
    }

    private static int LengthIn(ReadOnlySpan<byte> header) =>
        BinaryPrimitives.ReadInt32LittleEndian(header) is >= 0 and <= LongestBody and var length
            ? length
            : throw new InvalidDataException($"A frame says that it is {BinaryPrimitives.ReadInt32LittleEndian(header)} bytes long.");

    private static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)FrameJsonContext.Default.GetTypeInfo(typeof(T))!;
}
