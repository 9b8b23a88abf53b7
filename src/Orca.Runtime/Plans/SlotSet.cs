using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Orca.Plans;

/// <summary>Some of the slots that the load is cut into; M = 64 n of them for n drones.</summary>
/// <remarks>
/// Immutable. Its text form is short for the sets that dealing produces, arithmetic progressions: <c>192:0+3*64,1,7</c> is, of 192 slots, the 64 slots
/// 0, 3, 6 …, and slots 1 and 7. <c>192:</c> is none of them.
/// </remarks>
internal sealed class SlotSet : IEquatable<SlotSet>
{
    public const int SlotsPerDrone = 64;

    public const int MostSlots = SlotsPerDrone * PlanLimits.MostDrones;

    // A set has as many words as there were drones.
    private readonly ulong[] _bits;
    private readonly uint _total;

    private SlotSet(ulong[] bits)
    {
        _bits = bits;
        _total = (uint)bits.Length * SlotsPerDrone;
        Count = bits.Sum(BitOperations.PopCount);
    }

    /// <summary>All slots of the swarm, M.</summary>
    public int Total => (int)_total;

    /// <summary>The slots in this set.</summary>
    public int Count { get; }

    /// <summary>Whether arrival, user or iteration <paramref name="number"/> falls in this set: slot number mod M.</summary>
    public bool Owns(long number)
    {
        var slot = (uint)((ulong)number % _total);
        return (_bits[slot >> 6] >> (int)(slot & 63) & 1) != 0;
    }

    /// <summary>How many of the numbers from 0 to below <paramref name="number"/> fall in this set.</summary>
    public long CountBelow(long number)
    {
        var (rounds, rest) = Math.DivRem(Math.Max(number, 0), Total);
        var count = rounds * Count;
        for (var word = 0; word <= rest >> 6 && word < _bits.Length; word++)
        {
            var mask = word < rest >> 6 ? ulong.MaxValue : (1UL << (int)(rest & 63)) - 1;
            count += BitOperations.PopCount(_bits[word] & mask);
        }

        return count;
    }

    /// <summary>The slots in this set, ascending.</summary>
    public IEnumerable<int> Slots()
    {
        for (var word = 0; word < _bits.Length; word++)
        {
            for (var bits = _bits[word]; bits != 0; bits &= bits - 1)
            {
                yield return (word * 64) + BitOperations.TrailingZeroCount(bits);
            }
        }
    }

    /// <summary>The slots of the drone of rank i of n at the start: s ≡ i (mod n).</summary>
    public static SlotSet ForRank(int rank, int drones)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(drones, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(drones, PlanLimits.MostDrones);
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rank, drones);
        return Of(drones * SlotsPerDrone, Enumerable.Range(0, SlotsPerDrone).Select(i => rank + (i * drones)));
    }

    /// <summary>A set of given slots, each below <paramref name="total"/>, which is a multiple of 64.</summary>
    public static SlotSet Of(int total, IEnumerable<int> slots)
    {
        var bits = new ulong[total / SlotsPerDrone];
        foreach (var slot in slots)
        {
            bits[slot >> 6] |= 1UL << (slot & 63);
        }

        return new SlotSet(bits);
    }

    public SlotSet Union(SlotSet other)
    {
        if (other._total != _total)
        {
            throw new ArgumentException($"Sets of {Total} and of {other.Total} slots have no union: they are of different swarms.", nameof(other));
        }

        return new SlotSet([.. _bits.Zip(other._bits, (a, b) => a | b)]);
    }

    /// <summary>The slots of this set that are not in another.</summary>
    public SlotSet Except(SlotSet other) => Of(Total, Slots().Where(slot => !other.Owns(slot)));

    /// <summary>Deals this set out to so many others, evenly: part r takes every count-th slot from the r-th on.</summary>
    public IReadOnlyList<SlotSet> Deal(int parts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 1);
        var slots = Slots().ToList();
        return [.. Enumerable.Range(0, parts).Select(part => Of(Total, slots.Where((_, i) => i % parts == part)))];
    }

    public bool Equals(SlotSet? other) => other is not null && _bits.AsSpan().SequenceEqual(other._bits);

    public override bool Equals(object? obj) => Equals(obj as SlotSet);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var word in _bits)
        {
            hash.Add(word);
        }

        return hash.ToHashCode();
    }

    public override string ToString() => SlotSetText.Write(this);

    /// <summary>Reads the text form; a <see cref="FormatException"/> says what is wrong with it.</summary>
    public static SlotSet Parse(string text) =>
        SlotSetText.Read(text, out var error) ?? throw new FormatException(error);

    /// <summary>Reads the text form; false where it is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SlotSet? slots)
    {
        slots = text is null ? null : SlotSetText.Read(text, out _);
        return slots is not null;
    }
}
