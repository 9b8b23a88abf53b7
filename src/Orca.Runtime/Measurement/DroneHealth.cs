namespace Orca.Measurement;

/// <summary>How a drone itself fared, cumulative since its load began.</summary>
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

    /// <summary>The share of its processors' time that the process used, 0 to 1.</summary>
    public double ProcessorShare => Elapsed > TimeSpan.Zero && Processors > 0 ? Processor / Elapsed / Processors : 0;

    /// <summary>What came since an earlier state of the same drone's health.</summary>
    public DroneHealth Since(DroneHealth earlier) => this with
    {
        Processor = Counts.Since(Processor, earlier.Processor),
        Elapsed = Counts.Since(Elapsed, earlier.Elapsed),
        GcPause = Counts.Since(GcPause, earlier.GcPause),
        SchedulingDelay = SchedulingDelay.Since(earlier.SchedulingDelay),
    };
}
