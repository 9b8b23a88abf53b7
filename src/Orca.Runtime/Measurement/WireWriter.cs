using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Orca.Measurement;

/// <summary>Writes fields that a reader can skip without knowing them: a key (number, and whether a number or bytes follow), then the value.</summary>
/// <remarks>Its buffer is borrowed, for it soon is one of the large ones that only a full collection takes back: dispose of it.</remarks>
internal sealed class WireWriter : IDisposable
{
    private const int MostBytesOfVarint = 10;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(4096);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    public void Raw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    public void Varint(ulong value) => Advance(Varint(value, Reserve(MostBytesOfVarint)));

    /// <summary>Writes seven bits to a byte, the least first; returns how many bytes.</summary>
    public static int Varint(ulong value, Span<byte> to)
    {
        var at = 0;
        for (; value >= 0x80; value >>= 7)
        {
            to[at++] = (byte)(value | 0x80);
        }

        to[at++] = (byte)value;
        return at;
    }

    /// <summary>A number that is rarely negative; 0 is left out, for it is what a reader takes when there is none.</summary>
    public void Number(int field, long value)
    {
        if (value != 0)
        {
            Varint(Key(field, bytes: false));
            Varint(ZigZag(value));
        }
    }

    public void Unsigned(int field, ulong value)
    {
        if (value != 0)
        {
            Varint(Key(field, bytes: false));
            Varint(value);
        }
    }

    public void Real(int field, double value)
    {
        if (BitConverter.DoubleToInt64Bits(value) != 0)
        {
            Varint(Key(field, bytes: true));
            Varint(sizeof(double));
            BinaryPrimitives.WriteDoubleLittleEndian(Take(sizeof(double)), value);
        }
    }

    public void Text(int field, string value)
    {
        Varint(Key(field, bytes: true));
        Text(value);
    }

    public void Text(string value)
    {
        var count = Encoding.UTF8.GetByteCount(value);
        Varint((ulong)count);
        Encoding.UTF8.GetBytes(value, Take(count));
    }

    /// <summary>Begins a field of bytes; <see cref="End"/> puts its length before it.</summary>
    public int Begin(int field)
    {
        Varint(Key(field, bytes: true));
        return Length;
    }

    public void End(int start)
    {
        var count = Length - start;
        var prefix = VarintLength((ulong)count);
        Take(prefix);
        _buffer.AsSpan(start, count).CopyTo(_buffer.AsSpan(start + prefix));
        var end = Length;
        Length = start;
        Varint((ulong)count);
        Length = end;
    }

    /// <summary>Room for bytes that <see cref="Advance"/> makes part of what was written.</summary>
    public Span<byte> Reserve(int count)
    {
        if (_buffer.Length - Length < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(Length + count), (int)Math.Min(Array.MaxLength, _buffer.Length * 2L)));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsSpan(Length, count);
    }

    public void Advance(int count) => Length += count;

    public Span<byte> Take(int count)
    {
        var span = Reserve(count);
        Advance(count);
        return span;
    }

    /// <summary>What was written already, to be filled in late.</summary>
    public Span<byte> Patch(int start, int count) => _buffer.AsSpan(start, count);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, Length) = ([], 0);
    }

    public static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    private static ulong Key(int field, bool bytes) => ((ulong)field << 1) | (bytes ? 1UL : 0);

    private static int VarintLength(ulong value) => (BitOperations.Log2(value | 1) / 7) + 1;
}
