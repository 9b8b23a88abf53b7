using System.Collections.Immutable;

namespace Orca.Plans;

/// <summary>A scenario's rate stages in run time: the open half of its schedule.</summary>
/// <remarks>
/// Uniform and Poisson stages each have an integral of their own, which runs on over whatever lies between; arrivals are numbered over both in order of time.
/// A uniform arrival j is due at the first tick at which the uniform integral reaches j; arrival 0, which nothing need reach, at the start of the first
/// uniform stage that has a rate. Stages of rate 0 hold nothing and are left out.
/// </remarks>
internal sealed class RateTimeline
{
    private readonly PoissonIndex? _poisson;

    public RateTimeline(Scenario scenario, long seed)
    {
        var segments = ImmutableArray.CreateBuilder<RateSegment>();
        var start = scenario.StartAfter.Ticks;
        var (uniform, poisson) = (Int128.Zero, Int128.Zero);
        foreach (var stage in scenario.Load)
        {
            if (stage is RateStage { Duration.Ticks: > 0 } rate && (rate.From > 0 || rate.To > 0))
            {
                var isPoisson = rate.Arrivals == ArrivalPattern.Poisson;
                var segment = new RateSegment(rate, start, isPoisson ? poisson : uniform);
                segments.Add(segment);
                (uniform, poisson) = isPoisson ? (uniform, segment.After) : (segment.After, poisson);
            }

            start += stage.Duration.Ticks;
        }

        Segments = segments.ToImmutable();
        Stream = new PoissonStream(scenario.Name, seed);
        UniformTotal = (long)((uniform + RateSegment.UnitsPerArrival - 1) / RateSegment.UnitsPerArrival);
        _poisson = poisson > 0 ? new PoissonIndex(Stream, poisson) : null;
    }

    public ImmutableArray<RateSegment> Segments { get; }

    public PoissonStream Stream { get; }

    /// <summary>Arrivals of the uniform stages: ⌈integral⌉.</summary>
    public long UniformTotal { get; }

    public long Total => UniformTotal + (_poisson?.Total ?? 0);

    public long ArrivalsBefore(long at)
    {
        var (uniform, poisson) = (0L, 0L);
        foreach (var segment in Segments)
        {
            // Due before a tick is due by the one before it.
            var ticks = Math.Min(at - 1 - segment.Start, segment.Duration);
            if (ticks < 0)
            {
                break;
            }

            if (segment.Poisson)
            {
                // What lies at the very end belongs to the next segment.
                poisson = _poisson!.CountUpTo(Int128.Min(segment.UnitsReached(ticks), segment.After - 1));
            }
            else
            {
                uniform = Math.Min(segment.ArrivalsReached(ticks) + 1, UniformTotal);
            }
        }

        return uniform + poisson;
    }

    public double RateAt(long at)
    {
        foreach (var segment in Segments)
        {
            if (at >= segment.Start && at < segment.End)
            {
                return segment.RateAt(at - segment.Start);
            }
        }

        return 0;
    }
}
