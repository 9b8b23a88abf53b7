namespace Orca.Results;

/// <summary>One life of a drone in a run: its part of the load and how it fared.</summary>
public sealed record DroneReport
{
    /// <summary>Gets the drone's id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets its life in this run.</summary>
    public required string Incarnation { get; init; }

    /// <summary>Gets its rank, from 0; <see langword="null"/> where it was not on the roster.</summary>
    public int? Rank { get; init; }

    /// <summary>Gets the machine's name, or <see langword="null"/> where it is not known.</summary>
    public string? Host { get; init; }

    /// <summary>Gets the slots that it began with, or <see langword="null"/> where it was not on the roster.</summary>
    public string? Slots { get; init; }

    /// <summary>Gets the epoch of the share that it ended with.</summary>
    public int Epoch { get; init; }

    /// <summary>Gets its part of all iterations started, 0 to 1, warm-up included.</summary>
    public double Share { get; init; }

    /// <summary>Gets the run time up to which its measurements reach.</summary>
    public TimeSpan MeasuredTo { get; init; }

    /// <summary>Gets whether its last measurements arrived; without them what it did after <see cref="MeasuredTo"/> is not known.</summary>
    public bool Finished { get; init; }

    /// <summary>Gets whether it was lost while the load ran.</summary>
    public bool Lost { get; init; }

    /// <summary>Gets the iterations it started, warm-up included.</summary>
    public long Started { get; init; }

    /// <summary>Gets the iterations that passed, warm-up included.</summary>
    public long Ok { get; init; }

    /// <summary>Gets the iterations that failed, warm-up included.</summary>
    public long Failed { get; init; }

    /// <summary>Gets the arrivals dropped, warm-up included.</summary>
    public long Dropped { get; init; }

    /// <summary>Gets the arrivals missed, warm-up included.</summary>
    public long Missed { get; init; }

    /// <summary>Gets the iterations interrupted, warm-up included.</summary>
    public long Interrupted { get; init; }

    /// <summary>Gets the processors that its process could use.</summary>
    public int Processors { get; init; }

    /// <summary>Gets the share of them that it used, 0 to 1.</summary>
    public double Cpu { get; init; }

    /// <summary>Gets the time that garbage collection stopped it for.</summary>
    public TimeSpan GcPause { get; init; }

    /// <summary>Gets the bytes of its process's memory at the end.</summary>
    public long WorkingSet { get; init; }

    /// <summary>Gets how late it started measured arrivals; <see langword="null"/> where there were none.</summary>
    public TimeStatistics? Lateness { get; init; }

    /// <summary>Gets how long work waited for its thread pool; <see langword="null"/> where it was not probed.</summary>
    public TimeStatistics? SchedulingDelay { get; init; }
}
