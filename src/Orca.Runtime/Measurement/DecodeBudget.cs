namespace Orca.Measurement;

/// <summary>The memory that decoding one input may still take: few bytes can ask for many.</summary>
internal sealed class DecodeBudget(long bytes)
{
    public const long Usual = 256L << 20;

    private long _left = bytes;

    public bool Take(long bytes) => (_left -= bytes) >= 0;
}
