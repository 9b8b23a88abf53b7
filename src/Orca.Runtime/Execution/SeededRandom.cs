using System.Buffers.Binary;
using System.Numerics;

namespace Orca.Execution;

/// <summary>Random numbers (xoshiro256**) that can be seeded anew without allocating. One user; not for several threads at once.</summary>
internal sealed class SeededRandom : Random
{
    private ulong _s0, _s1, _s2, _s3;

    public SeededRandom(ulong seed)
        : base(0) => Reseed(seed);

    /// <summary>Mixes two numbers into a seed; every bit of both counts.</summary>
    public static ulong Mix(ulong a, ulong b)
    {
        var state = a ^ BitOperations.RotateLeft(b * 0xD6E8FEB86659FD93, 32);
        return SplitMix(ref state) ^ b;
    }

    /// <summary>The same number for the same text in every process.</summary>
    public static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in text)
        {
            hash = (hash ^ character) * 1099511628211UL;
        }

        return hash;
    }

    public static ulong SplitMix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    public void Reseed(ulong seed)
    {
        _s0 = SplitMix(ref seed);
        _s1 = SplitMix(ref seed);
        _s2 = SplitMix(ref seed);
        _s3 = SplitMix(ref seed);
    }

    public override int Next() => (int)Below(int.MaxValue);

    public override int Next(int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return (int)Below((ulong)maxValue);
    }

    public override int Next(int minValue, int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return (int)(minValue + (long)Below((ulong)((long)maxValue - minValue)));
    }

    public override long NextInt64() => (long)Below(long.MaxValue);

    public override long NextInt64(long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return (long)Below((ulong)maxValue);
    }

    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return minValue + (long)Below((ulong)maxValue - (ulong)minValue);
    }

    public override double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    public override float NextSingle() => (NextBits() >> 40) * (1.0f / (1U << 24));

    public override void NextBytes(byte[] buffer) => NextBytes(buffer.AsSpan());

    public override void NextBytes(Span<byte> buffer)
    {
        for (; buffer.Length >= sizeof(ulong); buffer = buffer[sizeof(ulong)..])
        {
            BinaryPrimitives.WriteUInt64LittleEndian(buffer, NextBits());
        }

        if (!buffer.IsEmpty)
        {
            Span<byte> rest = stackalloc byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64LittleEndian(rest, NextBits());
            rest[..buffer.Length].CopyTo(buffer);
        }
    }

    protected override double Sample() => NextDouble();

    private ulong Below(ulong range) => range == 0 ? 0 : Math.BigMul(NextBits(), range, out _);

    private ulong NextBits()
    {
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }
}
