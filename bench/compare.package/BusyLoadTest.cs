using System.Diagnostics;

namespace Orca.Compare.Package;

/// <summary>Keeps a processor busy for 2 ms in each iteration, so that one can do 500 a second.</summary>
[LoadTest("busy")]
public sealed class BusyLoadTest : ILoadTest
{
    public ValueTask RunAsync(VirtualUser user, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began).TotalMilliseconds < 2)
        {
            Thread.SpinWait(100);
        }

        return default;
    }
}
