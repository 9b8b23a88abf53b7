namespace Orca.Results;

/// <summary>How one drone fared in one interval.</summary>
public sealed record DroneFigures
{
    /// <summary>Gets the drone's id.</summary>
    public required string Drone { get; init; }

    /// <summary>Gets the iterations it started.</summary>
    public long Started { get; init; }

    /// <summary>Gets the iterations that finished.</summary>
    public long Finished { get; init; }

    /// <summary>Gets the iterations that finished and failed.</summary>
    public long Failed { get; init; }

    /// <summary>Gets the arrivals that were dropped.</summary>
    public long Dropped { get; init; }

    /// <summary>Gets the arrivals that were missed.</summary>
    public long Missed { get; init; }

    /// <summary>Gets the share of its processors that its process used, 0 to 1.</summary>
    public double Cpu { get; init; }

    /// <summary>Gets the time that garbage collection stopped it for.</summary>
    public TimeSpan GcPause { get; init; }

    /// <summary>Gets the bytes of its process's memory at the interval's end.</summary>
    public long WorkingSet { get; init; }

    /// <summary>Gets the p99 of how late it started arrivals, in milliseconds; <see langword="null"/> where there were none, and in the first interval of a leader that took over.</summary>
    public double? LatenessP99 { get; init; }

    /// <summary>Gets the p99 of how long work waited for its thread pool, in milliseconds; <see langword="null"/> where it was not probed, and in the first interval of a leader that took over.</summary>
    public double? SchedulingDelayP99 { get; init; }
}
