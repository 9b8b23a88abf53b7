namespace Orca.Measurement;

/// <summary>How a drone itself fared, cumulative since it joined.</summary>
internal sealed record DroneHealth
{
    /// <summary>Processor time of the process.</summary>
    public TimeSpan Processor { get; init; }

    /// <summary>Wall-clock time over which it was used.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Processors that the process may use.</summary>
    public int Processors { get; init; }

    public TimeSpan GcPause { get; init; }

    /// <summary>Bytes of the process's memory now.</summary>
    public long WorkingSet { get; init; }

    /// <summary>How long a piece of work waited for the thread pool, probed every 20 ms, in nanoseconds; since the start of the load.</summary>
    public required Histogram SchedulingDelay { get; init; }
}
