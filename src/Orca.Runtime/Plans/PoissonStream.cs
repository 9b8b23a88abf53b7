using System.Numerics;
using System.Text;

namespace Orca.Plans;

/// <summary>The gaps of a scenario's Poisson arrivals: gap k is exponential with mean one arrival, drawn from (seed, scenario name, k).</summary>
/// <remarks>
/// Counter-based, so that every drone draws the same and none keeps a state. Gap k is the k-th output of SplitMix64 (Steele, Lea and Flood, "Fast
/// splittable pseudorandom number generators", OOPSLA 2014; its mixing constants are Stafford's variant 13), whose state at the start is the same mix of the
/// seed and the FNV-1a hash of the scenario's name in UTF-8. The logarithm is computed here from the four basic operations, which IEEE 754 rounds the
/// same on every machine; <see cref="Math.Log(double)"/> is the platform's own and may differ in its last digit.
/// </remarks>
internal readonly struct PoissonStream(string scenario, long seed)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private const double Ln2 = 0.693147180559945309417232;

    private static ReadOnlySpan<double> Terms =>
        [1.0 / 23, 1.0 / 21, 1.0 / 19, 1.0 / 17, 1.0 / 15, 1.0 / 13, 1.0 / 11, 1.0 / 9, 1.0 / 7, 1.0 / 5, 1.0 / 3, 1.0];

    private readonly ulong _key = Mix(Hash(scenario) ^ Mix((ulong)seed + Golden));

    /// <summary>Gap k, in units of the rate's integral; at most 45 arrivals' worth.</summary>
    public long Gap(long k)
    {
        // Odd, hence never 0: the logarithm exists.
        var draw = Mix(_key + (((ulong)k + 1) * Golden)) | 1;
        return (long)((MinusLogOfFraction(draw) * RateSegment.UnitsPerArrival) + 0.5);
    }

    // −ln(draw / 2⁶⁴), with draw = m·2ᵉ and m in [√½, √2): ln m = 2·artanh((m − 1)/(m + 1)), whose series is at 10⁻¹⁷ after eleven terms.
    internal static double MinusLogOfFraction(ulong draw)
    {
        var exponent = 64 - BitOperations.LeadingZeroCount(draw);
        var mantissa = (draw << (64 - exponent) >> 11) * (1.0 / (1UL << 53));
        if (mantissa < 0.70710678118654752)
        {
            mantissa *= 2;
            exponent--;
        }

        var s = (mantissa - 1) / (mantissa + 1);
        var square = s * s;
        var sum = 0.0;
        foreach (var term in Terms)
        {
            sum = (sum * square) + term;
        }

        return ((64 - exponent) * Ln2) - (2 * s * sum);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    private static ulong Hash(string name)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var octet in Encoding.UTF8.GetBytes(name))
        {
            hash = (hash ^ octet) * 0x100000001B3;
        }

        return hash;
    }
}
