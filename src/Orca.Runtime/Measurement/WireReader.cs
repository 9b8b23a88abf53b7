using System.Buffers.Binary;
using System.Text;

namespace Orca.Measurement;

/// <summary>Reads what <see cref="WireWriter"/> wrote, from bytes that may be anything. Never throws: once <see cref="Failed"/>, every further read yields nothing.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest = bytes;
    private ulong _value;
    private ReadOnlySpan<byte> _bytes;
    private bool _hasBytes;

    public bool Failed { get; private set; }

    /// <summary>The number of the field read last.</summary>
    public ulong Field { get; private set; }

    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>Reads the next field; false at the end and on failure.</summary>
    public bool Next()
    {
        if (Failed || _rest.IsEmpty)
        {
            return false;
        }

        var key = Varint();
        (Field, _hasBytes) = (key >> 1, (key & 1) == 1);
        if (_hasBytes)
        {
            _bytes = Sized();
        }
        else
        {
            _value = Varint();
        }

        return !Failed;
    }

    /// <summary>The field's value as a number of any sign.</summary>
    public long Number() => _hasBytes ? (long)Fail() : (long)(_value >> 1) ^ -(long)(_value & 1);

    public ulong Unsigned() => _hasBytes ? Fail() : _value;

    /// <summary>The field's value as a number from 0 to <paramref name="most"/>.</summary>
    public long Count(long most)
    {
        var value = Number();
        return value >= 0 && value <= most ? value : (long)Fail();
    }

    public ReadOnlySpan<byte> Bytes()
    {
        if (!_hasBytes)
        {
            Fail();
            return default;
        }

        return _bytes;
    }

    public double Real()
    {
        var bytes = Bytes();
        return bytes.Length == sizeof(double) ? BinaryPrimitives.ReadDoubleLittleEndian(bytes) : Fail();
    }

    public string Text() => Text(Bytes());

    /// <summary>A text with its length before it, outside any field.</summary>
    public string SizedText() => Text(Sized());

    public ulong Varint()
    {
        var value = 0UL;
        for (var i = 0; i < _rest.Length && i < 10; i++)
        {
            var part = _rest[i];
            if (i == 9 && part > 1)
            {
                break;
            }

            value |= (ulong)(part & 0x7F) << (7 * i);
            if (part < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return value;
            }
        }

        return Fail();
    }

    public ulong Fail()
    {
        Failed = true;
        _rest = default;
        return 0;
    }

    private ReadOnlySpan<byte> Sized()
    {
        var length = Varint();
        if (length > (ulong)_rest.Length)
        {
            Fail();
            return default;
        }

        var bytes = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return bytes;
    }

    private string Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return _strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            Fail();
            return "";
        }
    }
}
