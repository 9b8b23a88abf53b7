using System.Runtime.CompilerServices;

namespace Orca.Measurement;

/// <summary>Walks encoded counts that were checked before, index by index, those that are zero left out.</summary>
internal ref struct HdrCounts(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;
    private int _next;

    public int Index { get; private set; }

    public long Count { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveNext()
    {
        while (_at < _bytes.Length)
        {
            ulong coded = _bytes[_at++];
            if (coded >= 0x80 && !HdrEncoding.TryReadRest(_bytes, ref _at, ref coded))
            {
                return false;
            }

            var count = (long)(coded >> 1) ^ -(long)(coded & 1);
            if (count > 0)
            {
                (Index, Count) = (_next++, count);
                return true;
            }

            _next += count == 0 ? 1 : (int)-count;
        }

        return false;
    }
}
