using System.Runtime;

namespace Orca.Compare.Loads;

/// <summary>The memory of this process once the garbage is gone.</summary>
internal static class Rss
{
    public static long Settled()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Environment.WorkingSet;
    }
}
