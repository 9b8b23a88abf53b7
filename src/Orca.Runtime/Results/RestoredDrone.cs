using Orca.Measurement;

namespace Orca.Results;

/// <summary>What restored intervals say of one drone, added up.</summary>
internal sealed record RestoredDrone
{
    public static RestoredDrone None { get; } = new();

    public long Started { get; private init; }

    public long Finished { get; private init; }

    public long Failed { get; private init; }

    public long Dropped { get; private init; }

    public long Missed { get; private init; }

    public TimeSpan GcPause { get; private init; }

    public TimeSpan Elapsed { get; private init; }

    /// <summary>The share of its processors that it used, times how long, in ticks.</summary>
    public double Used { get; private init; }

    public RestoredDrone Plus(DroneFigures figures, TimeSpan elapsed) => new()
    {
        Started = Started + figures.Started,
        Finished = Finished + figures.Finished,
        Failed = Failed + figures.Failed,
        Dropped = Dropped + figures.Dropped,
        Missed = Missed + figures.Missed,
        GcPause = Counts.Sum(GcPause, figures.GcPause),
        Elapsed = Counts.Sum(Elapsed, elapsed),
        Used = Used + (figures.Cpu * elapsed.Ticks),
    };

    /// <summary>What is left of it once an incarnation of the drone has been found to have done so much.</summary>
    public RestoredDrone Minus(DroneFigures figures, TimeSpan elapsed) => new()
    {
        Started = Counts.Since(Started, figures.Started),
        Finished = Counts.Since(Finished, figures.Finished),
        Failed = Counts.Since(Failed, figures.Failed),
        Dropped = Counts.Since(Dropped, figures.Dropped),
        Missed = Counts.Since(Missed, figures.Missed),
        GcPause = Counts.Since(GcPause, figures.GcPause),
        Elapsed = Counts.Since(Elapsed, elapsed),
        Used = Math.Max(0, Used - (figures.Cpu * elapsed.Ticks)),
    };

    /// <summary>Figures since the start of the run, less it.</summary>
    public DroneFigures TakeOff(DroneFigures figures, TimeSpan elapsed)
    {
        var left = Counts.Since(elapsed, Elapsed);
        return figures with
        {
            Started = Counts.Since(figures.Started, Started),
            Finished = Counts.Since(figures.Finished, Finished),
            Failed = Counts.Since(figures.Failed, Failed),
            Dropped = Counts.Since(figures.Dropped, Dropped),
            Missed = Counts.Since(figures.Missed, Missed),
            GcPause = Counts.Since(figures.GcPause, GcPause),
            Cpu = left > TimeSpan.Zero ? Math.Clamp(((figures.Cpu * elapsed.Ticks) - Used) / left.Ticks, 0, 1) : 0,
            LatenessP99 = null,
            SchedulingDelayP99 = null,
        };
    }
}
