using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Orca.Swarm.Sealing;

/// <summary>Seals what members exchange with the swarm key, by HMAC-SHA256 over the place, the version and the content. Safe for use from any thread.</summary>
/// <remarks>A sealed text is a mark, the 32 bytes of the HMAC, and the content as it was: sealing hides nothing.</remarks>
internal sealed class SwarmSeal
{
    public const int ShortestKey = 16;
    private const int MacBytes = HMACSHA256.HashSizeInBytes;
    private readonly byte[] _key;

    private SwarmSeal(byte[] key) => _key = key;

    private static ReadOnlySpan<byte> Mark => "orca-sealed-1:"u8;

    public static Outcome<SwarmSeal> Of(string key) => key.Length >= ShortestKey
        ? new SwarmSeal(Encoding.UTF8.GetBytes(key))
        : new Problem($"The swarm key has {key.Length} characters.") { Advice = $"Use {ShortestKey} random ones at least, the same on leader and drones." };

    public static bool IsSealed(ReadOnlySpan<byte> text) => text.StartsWith(Mark);

    public ReadOnlyMemory<byte> Close(SealedPlace place, ReadOnlyMemory<byte> content)
    {
        var text = new byte[Mark.Length + MacBytes + content.Length];
        Mark.CopyTo(text);
        Sign(place, content.Span, text.AsSpan(Mark.Length, MacBytes));
        content.CopyTo(text.AsMemory(Mark.Length + MacBytes));
        return text;
    }

    /// <summary>The content of what was sealed for that place with the same key; false for anything else.</summary>
    public bool TryOpen(SealedPlace place, ReadOnlyMemory<byte> text, out ReadOnlyMemory<byte> content)
    {
        content = default;
        if (text.Length < Mark.Length + MacBytes || !IsSealed(text.Span))
        {
            return false;
        }

        Span<byte> mac = stackalloc byte[MacBytes];
        var rest = text[(Mark.Length + MacBytes)..];
        Sign(place, rest.Span, mac);
        if (!CryptographicOperations.FixedTimeEquals(mac, text.Span.Slice(Mark.Length, MacBytes)))
        {
            return false;
        }

        content = rest;
        return true;
    }

    // Every part with its length before it, so that no two places read alike.
    private void Sign(SealedPlace place, ReadOnlySpan<byte> content, Span<byte> mac)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        Span<byte> numbers = stackalloc byte[sizeof(int) + (2 * sizeof(long))];
        BinaryPrimitives.WriteInt32LittleEndian(numbers, (int)place.Kind);
        BinaryPrimitives.WriteInt64LittleEndian(numbers[sizeof(int)..], place.Version.Fencing);
        BinaryPrimitives.WriteInt64LittleEndian(numbers[(sizeof(int) + sizeof(long))..], place.Version.Number);
        hash.AppendData(numbers);
        AppendText(hash, place.Name);
        AppendText(hash, place.Field);
        hash.AppendData(content);
        hash.GetHashAndReset(mac);
    }

    private static void AppendText(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
