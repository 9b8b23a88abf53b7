using System.Diagnostics;
using Orca.Measurement;

namespace Orca.Compare.Loads;

/// <summary>Thinks for a second in each iteration, and notes how late it is woken. Allocates nothing of its own.</summary>
internal sealed class ThinkTest : ILoadTest
{
    [ThreadStatic]
    private static Histogram? _own;

    private readonly List<Histogram> _late = [];
    private long _early;

    public ValueTask StartUserAsync(VirtualUser user, CancellationToken ct)
    {
        user.State = new long[1];
        return default;
    }

    public ValueTask RunAsync(VirtualUser user, CancellationToken ct)
    {
        var (due, now) = ((long[])user.State!, Stopwatch.GetTimestamp());
        if (due[0] > 0)
        {
            Note(now - due[0]);
        }

        due[0] = now + Stopwatch.Frequency;
        return user.ThinkAsync(TimeSpan.FromSeconds(1));
    }

    public void AddTo(Reading reading)
    {
        var late = new Histogram(3);
        _late.ForEach(late.Add);
        reading["wakeLate50"] = late.ValueAt(50) / 1e6;
        reading["wakeLate99"] = late.ValueAt(99) / 1e6;
        reading["early"] = Interlocked.Read(ref _early);
    }

    private void Note(long late)
    {
        if (late < 0)
        {
            Interlocked.Increment(ref _early);
        }

        (_own ?? AddOwn()).Record(late);
    }

    private Histogram AddOwn()
    {
        lock (_late)
        {
            _late.Add(_own = new Histogram(3));
            return _own;
        }
    }
}
