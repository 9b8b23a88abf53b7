using System.Diagnostics;

namespace Orca.Benchmarks.Elasticsearch;

/// <summary>What this process has used since a moment.</summary>
/// <param name="Wall">Started at the moment.</param>
/// <param name="Elapsed">The time since.</param>
/// <param name="Processor">Processor time.</param>
/// <param name="Allocated">Bytes allocated.</param>
internal sealed record Usage(Stopwatch Wall, TimeSpan Elapsed, TimeSpan Processor, long Allocated)
{
    public static Usage Measure() => new(Stopwatch.StartNew(), TimeSpan.Zero, Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: true));

    public static Usage Since(Usage began) => new(
        began.Wall, began.Wall.Elapsed, Environment.CpuUsage.TotalTime - began.Processor, GC.GetTotalAllocatedBytes(precise: true) - began.Allocated);
}
