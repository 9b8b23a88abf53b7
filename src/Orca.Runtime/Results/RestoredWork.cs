using System.Collections.Immutable;
using Orca.Measurement;
using Orca.Plans;

namespace Orca.Results;

/// <summary>What the intervals of earlier leaders hold: to be taken off the work that is distributed next, so that nothing is in two intervals.</summary>
/// <remarks>
/// Everywhere else a stretch of work is one drone's later snapshot less its earlier one. A leader that took over has only the later
/// one, so here alone merged is subtracted from merged. That is exact: counts, sums and buckets add up exactly, so what is in all
/// snapshots less what is in all restored intervals is what is in neither.
/// </remarks>
internal sealed class RestoredWork(RunPlan plan)
{
    private readonly Dictionary<string, RestoredDrone> _drones = new(StringComparer.Ordinal);
    private MeasuredWork _owed = new(plan);

    /// <summary>What is restored and was in no work that it was taken off: nobody's snapshot holds it any more.</summary>
    public MeasuredWork Owed => _owed;

    public void Add(RunInterval interval, MeasuredWork work)
    {
        _owed.Add(work);
        foreach (var figures in interval.Drones)
        {
            _drones[figures.Drone] = _drones.GetValueOrDefault(figures.Drone, RestoredDrone.None).Plus(figures, interval.To - interval.From);
        }
    }

    /// <summary>The work less what is restored. What of that is not in it, because a drone that did it was not heard of yet, stays to be taken off later.</summary>
    public MeasuredWork TakeOff(MeasuredWork work)
    {
        var measured = ImmutableArray.CreateBuilder<MeasurementSet>(work.Measured.Length);
        var warmUp = ImmutableArray.CreateBuilder<MeasurementSet>(work.Measured.Length);
        var owed = (Measured: ImmutableArray.CreateBuilder<MeasurementSet>(work.Measured.Length), WarmUp: ImmutableArray.CreateBuilder<MeasurementSet>(work.Measured.Length));
        for (var i = 0; i < work.Measured.Length; i++)
        {
            measured.Add(work.Measured[i].Since(_owed.Measured[i]));
            warmUp.Add(work.WarmUp[i].Since(_owed.WarmUp[i]));
            owed.Measured.Add(Left(_owed.Measured[i], work.Measured[i]));
            owed.WarmUp.Add(Left(_owed.WarmUp[i], work.WarmUp[i]));
        }

        _owed = new(plan, owed.Measured.MoveToImmutable(), owed.WarmUp.MoveToImmutable());
        return new(plan, measured.MoveToImmutable(), warmUp.MoveToImmutable());
    }

    /// <summary>The figures of a drone since the start of the run less what is restored of it; percentiles cannot be taken apart and are left out.</summary>
    public DroneFigures TakeOff(DroneFigures figures, TimeSpan elapsed)
    {
        if (!_drones.Remove(figures.Drone, out var restored))
        {
            return figures;
        }

        _drones[figures.Drone] = restored.Minus(figures, elapsed);
        return restored.TakeOff(figures, elapsed);
    }

    private static MeasurementSet Left(MeasurementSet owed, MeasurementSet work)
    {
        var left = owed.Since(work);
        foreach (var (name, metric) in left.Metrics)
        {
            // A counter may go down, and was taken off whole.
            if (metric.Kind == MetricKind.Counter && work.Metrics.GetValueOrDefault(name) is { Kind: MetricKind.Counter })
            {
                metric.Count = 0;
            }
        }

        return left;
    }
}
