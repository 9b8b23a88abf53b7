using System.Runtime.CompilerServices;

namespace Orca.Measurement;

/// <summary>One shard's short way from a name it saw before, by reference, to its number.</summary>
internal sealed class NameCache
{
    private const int Size = 64;

    private readonly string?[] _names = new string?[Size];
    private readonly int[] _numbers = new int[Size];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int NumberOf(string name, NameTable table)
    {
        var slot = RuntimeHelpers.GetHashCode(name) & (Size - 1);
        return ReferenceEquals(_names[slot], name) ? _numbers[slot] : LookUp(name, table, slot);
    }

    private int LookUp(string name, NameTable table, int slot)
    {
        var number = table.NumberOf(name);

        // A name may be as long as its author likes; what the cache keeps alive may not.
        if (name.Length <= NameTable.MostCharacters)
        {
            (_names[slot], _numbers[slot]) = (name, number);
        }

        return number;
    }
}
