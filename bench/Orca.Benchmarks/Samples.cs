namespace Orca.Benchmarks;

/// <summary>Response times as services have them: log-normal around 20 ms, in nanoseconds, the same in every run.</summary>
internal static class Samples
{
    public static long[] Of(int count)
    {
        var random = new Random(42);
        return [.. Enumerable.Range(0, count).Select(_ => Next(random))];
    }

    private static long Next(Random random)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return (long)(20e6 * Math.Exp(0.5 * normal));
    }
}
