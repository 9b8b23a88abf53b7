using Orca.Execution;

namespace Orca.Tests.Execution;

public sealed class SeededRandomTests
{
    [Fact]
    public void Reseed_WithTheSameSeed_RepeatsWithoutAllocating()
    {
        var random = new SeededRandom(7);
        long[] first = [random.Next(), random.NextInt64(), BitConverter.DoubleToInt64Bits(random.NextDouble())];
        long[] again = new long[3];

        var before = GC.GetAllocatedBytesForCurrentThread();
        random.Reseed(7);
        (again[0], again[1], again[2]) = (random.Next(), random.NextInt64(), BitConverter.DoubleToInt64Bits(random.NextDouble()));

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(first, again);
    }

    [Fact]
    public void Ranges_AreKeptAndFilledEvenly()
    {
        var random = new SeededRandom(1);
        var counts = new int[10];
        for (var i = 0; i < 100_000; i++)
        {
            counts[random.Next(10)]++;
            Assert.InRange(random.Next(-5, 5), -5, 4);
            Assert.InRange(random.NextInt64(long.MinValue, long.MaxValue), long.MinValue, long.MaxValue - 1);
            Assert.InRange(random.NextDouble(), 0, 1 - double.Epsilon);
            Assert.InRange(random.NextSingle(), 0f, 0.99999999f);
        }

        Assert.All(counts, count => Assert.InRange(count, 9_500, 10_500));
        Assert.Equal(5, random.Next(5, 5));
        Assert.Equal(0, random.Next(0));
    }

    [Fact]
    public void NextBytes_OfAnyLength_FillsTheWhole()
    {
        var random = new SeededRandom(3);
        var bytes = new byte[1003];
        random.NextBytes(bytes);

        Assert.True(bytes.Distinct().Count() > 200);
        Assert.Contains(bytes[^3..], b => b != 0);
    }

    [Fact]
    public void Mix_OfNeighbours_GivesSeedsWithoutRepetition()
    {
        var seeds = from a in Enumerable.Range(0, 300) from b in Enumerable.Range(0, 300) select SeededRandom.Mix((ulong)a, (ulong)b);
        Assert.Equal(90_000, seeds.Distinct().Count());
    }
}
