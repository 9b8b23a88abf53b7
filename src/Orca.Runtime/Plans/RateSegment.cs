namespace Orca.Plans;

/// <summary>One rate stage placed in run time: the exact integral of a rate that changes evenly, and its inverse.</summary>
/// <remarks>
/// The integral is counted in units of which an arrival is 2·10¹³ (10⁶ for the rate's decimals, 10⁷ ticks a second, 2 for the ramp's half). After t
/// ticks of D, from rate a to rate b, it is 2·a·t + (b − a)·t²/D, a fraction; times D it is an integer that <see cref="PlanLimits"/> keeps below 2¹²⁷.
/// </remarks>
internal sealed class RateSegment
{
    public const long UnitsPerArrival = 2L * PlanLimits.MicroPerUnit * TimeSpan.TicksPerSecond;

    private readonly long _from;
    private readonly long _to;
    private readonly Int128 _slopeAtStart;

    public RateSegment(RateStage stage, long start, Int128 before)
    {
        Poisson = stage.Arrivals == ArrivalPattern.Poisson;
        Start = start;
        Duration = stage.Duration.Ticks;
        Before = before;
        _from = (long)(stage.From * PlanLimits.MicroPerUnit);
        _to = (long)(stage.To * PlanLimits.MicroPerUnit);
        _slopeAtStart = (Int128)(2 * _from) * Duration;
        After = before + ((Int128)(_from + _to) * Duration);
    }

    public bool Poisson { get; }

    /// <summary>Run time at which the segment begins, in ticks.</summary>
    public long Start { get; }

    /// <summary>Its length, in ticks.</summary>
    public long Duration { get; }

    public long End => Start + Duration;

    /// <summary>The integral over the earlier segments of the same arrival pattern.</summary>
    public Int128 Before { get; }

    /// <summary>The same with this segment.</summary>
    public Int128 After { get; }

    public bool IsConstant => _from == _to;

    /// <summary>Of a constant rate: the units that the integral grows by in a tick.</summary>
    public long UnitsPerTick => 2 * _from;

    public double RateAt(long ticks) =>
        (_from + ((_to - _from) * ((double)ticks / Duration))) / PlanLimits.MicroPerUnit;

    /// <summary>How many whole arrivals the integral has reached, earlier segments included, so many ticks into this one.</summary>
    public long ArrivalsReached(long ticks) =>
        (long)(((Before * Duration) + Scaled(ticks)) / ((Int128)Duration * UnitsPerArrival));

    /// <summary>The integral, earlier segments included, so many ticks into this one, rounded down to a unit.</summary>
    public Int128 UnitsReached(long ticks) => Before + (Scaled(ticks) / Duration);

    /// <summary>The smallest number of ticks into the segment at which its own integral is at least <paramref name="need"/>, which is in 0 … After − Before.</summary>
    public long TicksTo(Int128 need)
    {
        if (IsConstant)
        {
            return (long)((need + UnitsPerTick - 1) / UnitsPerTick);
        }

        // The floating-point root is within a tick or two; the integers decide.
        var scaledNeed = need * Duration;
        var ticks = Math.Clamp((long)Root(need), 0, Duration);
        while (ticks < Duration && Scaled(ticks) < scaledNeed)
        {
            ticks++;
        }

        while (ticks > 0 && Scaled(ticks - 1) >= scaledNeed)
        {
            ticks--;
        }

        return ticks;
    }

    // The integral of this segment, times its duration.
    private Int128 Scaled(long ticks) => (_slopeAtStart + ((Int128)(_to - _from) * ticks)) * ticks;

    // Solved from the end where the rate is lower, and in the form without a difference: well-conditioned for every ramp.
    private double Root(Int128 need)
    {
        var rising = _to > _from;
        double low = rising ? _from : _to;
        double growth = Math.Abs(_to - _from);
        var area = (double)(rising ? need : After - Before - need) / Duration;
        var part = area <= 0 ? 0 : area / (low + Math.Sqrt((low * low) + (growth * area)));
        return (rising ? part : 1 - part) * Duration;
    }
}
