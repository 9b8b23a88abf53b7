using System.Diagnostics;
using Orca.Measurement;

namespace Orca.Compare.Loads;

/// <summary>The yardstick of empty iterations: an async loop for each user, two timestamps and one record for each iteration.</summary>
internal static class BareEmpty
{
    [ThreadStatic]
    private static Histogram? _own;

    private static volatile bool _isOver;

    public static async Task<Reading> RunAsync(Options options)
    {
        var counts = new long[options.Number("users", 1)];
        var loops = counts.Select((_, user) => Task.Run(() => LoopAsync(counts, user))).ToArray();
        await Task.Delay(TimeSpan.FromSeconds(1));
        var (count, since) = (counts.Sum(), Meter.Read());
        await Task.Delay(options.Seconds("seconds", 3) - TimeSpan.FromSeconds(1));
        var reading = new Reading();
        Meter.Read().AddTo(reading, since, counts.Sum() - count);
        _isOver = true;
        await Task.WhenAll(loops);
        reading["fairness"] = (double)counts.Min() / counts.Max();
        return reading;
    }

    private static async Task LoopAsync(long[] counts, int user)
    {
        while (!_isOver)
        {
            await Task.Yield();
            var began = Stopwatch.GetTimestamp();
            await IterateAsync();
            (_own ??= new(3)).Record(Stopwatch.GetTimestamp() - began);
            counts[user]++;
        }
    }

    private static ValueTask IterateAsync() => default;
}
