using System.Diagnostics;
using Orca.Measurement;

namespace Orca.Compare.Loads;

/// <summary>One GET for each iteration, its service time kept second by second.</summary>
internal sealed class TimedGetTest(Uri url) : ILoadTest
{
    private readonly Lock _lock = new();
    private readonly Histogram[] _seconds = [.. Enumerable.Range(0, 12).Select(_ => new Histogram(3))];
    private long _start;

    public async ValueTask RunAsync(VirtualUser user, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        Interlocked.CompareExchange(ref _start, began, 0);
        using (await user.Http.GetAsync(url, ct))
        {
        }

        var second = (int)Stopwatch.GetElapsedTime(_start, began).TotalSeconds;
        lock (_lock)
        {
            _seconds[second].Record((long)Stopwatch.GetElapsedTime(began).TotalNanoseconds);
        }
    }

    public void AddTo(Reading reading)
    {
        for (var second = 0; second < 10; second++)
        {
            reading[$"p99.{second + 1}"] = _seconds[second].ValueAt(99) / 1e6;
            reading[$"max.{second + 1}"] = _seconds[second].Max / 1e6;
        }
    }
}
