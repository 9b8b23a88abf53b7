using System.Numerics;
using Orca.Plans;

namespace Orca.Tests.Plans;

/// <summary>A scenario's schedule worked out slowly, with integers of any size, from the definition.</summary>
internal sealed class Reference
{
    // Times 2·10¹³ (see RateSegment) and times every stage's duration, so that all is whole.
    private readonly BigInteger _scale;
    private readonly List<(RateStage Stage, long Start)> _stages = [];

    public Reference(Scenario scenario)
    {
        var start = scenario.StartAfter.Ticks;
        _scale = 1;
        foreach (var stage in scenario.Load)
        {
            if (stage is RateStage rate && rate.From + rate.To > 0)
            {
                _stages.Add((rate, start));
                _scale *= rate.Duration.Ticks;
            }

            start += stage.Duration.Ticks;
        }

        FirstRate = _stages.Count > 0 ? _stages[0].Start : 0;
        var unit = 20_000_000_000_000 * _scale;
        Ceiling = (long)((Integral(start) + unit - 1) / unit);
    }

    public long FirstRate { get; }

    public long Ceiling { get; }

    public bool Reaches(long k, long at) => Integral(at) >= k * 20_000_000_000_000 * _scale;

    /// <summary>A stage's integral, in units and times its duration.</summary>
    public static BigInteger Integral(RateStage stage, long ticks)
    {
        var from = (BigInteger)(stage.From * 1_000_000);
        var to = (BigInteger)(stage.To * 1_000_000);
        return (2 * from * stage.Duration.Ticks * ticks) + ((to - from) * ticks * ticks);
    }

    public static BigInteger Units(Int128 units, RateStage stage) => (BigInteger)units * stage.Duration.Ticks;

    public static int Users(Scenario scenario, long at)
    {
        var start = scenario.StartAfter.Ticks;
        foreach (var stage in scenario.Load)
        {
            var duration = stage.Duration.Ticks;
            if (stage is UsersStage users && at >= start && at < start + duration)
            {
                var scaled = ((BigInteger)users.From * duration) + ((BigInteger)(users.To - users.From) * (at - start));
                return (int)((scaled + duration - 1) / duration);
            }

            start += duration;
        }

        return 0;
    }

    private BigInteger Integral(long at)
    {
        var sum = BigInteger.Zero;
        foreach (var (stage, start) in _stages)
        {
            var ticks = Math.Clamp(at - start, 0, stage.Duration.Ticks);
            sum += Integral(stage, ticks) * (_scale / stage.Duration.Ticks);
        }

        return sum;
    }
}
