using System.Diagnostics;

namespace Orca.Compare.Loads;

/// <summary>What this process has used so far.</summary>
internal readonly record struct Meter(long At, TimeSpan Processor, long Allocated)
{
    public static Meter Read() => new(Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: true));

    /// <summary>Adds to a reading what was used since, and how much work it was.</summary>
    public void AddTo(Reading reading, Meter since, long count)
    {
        reading["count"] = count;
        reading["seconds"] = Stopwatch.GetElapsedTime(since.At, At).TotalSeconds;
        reading["cpu"] = (Processor - since.Processor).TotalSeconds;
        reading["allocated"] = Allocated - since.Allocated;
        reading["rss"] = Environment.WorkingSet;
    }
}
