using FsCheck;
using FsCheck.Fluent;
using Orca.Measurement;
using Orca.Results;

namespace Orca.Tests.Results;

/// <summary>However many drones share the work, and however it falls into intervals, percentiles are those of the raw values, within the precision.</summary>
public class MergedPercentilesTests
{
    private const int Intervals = 4;

    private static readonly (double Percentile, Func<TimeStatistics, double> Of)[] Percentiles =
    [
        (50, times => times.P50), (75, times => times.P75), (90, times => times.P90), (95, times => times.P95),
        (99, times => times.P99), (99.9, times => times.P999), (99.99, times => times.P9999),
    ];

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Complete_WorkDealtToOneThreeAndTenDrones_HasThePercentilesOfTheRawValues(int precision)
    {
        // From a microsecond to minutes, near each other and far apart.
        var values = Gen.Choose(1_000, 2_000_000_000).Select(value => (long)value)
            .Or(Gen.Choose(0, 25).SelectMany(power => Gen.Choose(1, 1000).Select(factor => 1_000L + (factor * (1L << power)))));
        var arrays = Gen.Choose(1, 400).SelectMany(length => values.ArrayOf(length));
        Prop.ForAll(Arb.From(arrays), Arb.From(Gen.Choose(1, int.MaxValue)), (raw, seed) =>
        {
            foreach (var drones in (int[])[1, 3, 10])
            {
                Check(raw, drones, precision, new Random(seed));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    private static void Check(long[] raw, int drones, int precision, Random random)
    {
        var plan = FakeRun.Plan(FakeRun.Closed("browse", 4, Intervals)) with { Precision = precision };
        var run = new FakeRun(plan, drones);
        foreach (var (i, values) in raw.Chunk(Math.Max(1, (raw.Length + Intervals - 1) / Intervals)).Index())
        {
            foreach (var value in values)
            {
                var set = run.Drones[random.Next(drones)][0];
                set.Started++;
                set.ResponseOk.Record(value);
                set.ServiceOk.Record(value);
            }

            run.Report(i + 1);
        }

        var times = run.Finish(Intervals).Scenarios[0].Measured.Response!;

        long[] sorted = [.. raw.Order()];
        var within = Math.Pow(10, -precision);
        Assert.Equal(raw.LongLength, times.Count);
        Assert.Equal((sorted[0] / 1e6, sorted[^1] / 1e6), (times.Min, times.Max));
        Assert.Equal((double)raw.Select(value => (Int128)value).Aggregate((a, b) => a + b) / raw.Length / 1e6, times.Mean, 1e-9 * times.Mean);
        foreach (var (percentile, of) in Percentiles)
        {
            var expected = sorted[Math.Clamp((long)((percentile / 100 * sorted.Length) + 0.5), 1, sorted.Length) - 1] / 1e6;
            Assert.InRange(of(times), expected * (1 - within), expected * (1 + within));
        }
    }
}
