namespace Orca.Execution;

/// <summary>Run time: what has passed since the common start, on the timestamps of one clock.</summary>
internal sealed class RunClock
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    // Fits in timestamp units of any stopwatch.
    private static readonly TimeSpan LongDuration = TimeSpan.FromDays(10_000);

    private readonly TimeProvider _time;
    private readonly long _frequency;
    private readonly long _nanosecondsPerUnit;
    private readonly long _unitsPerTick;
    private long _start = long.MaxValue;

    public RunClock(TimeProvider time)
    {
        _time = time;
        _frequency = time.TimestampFrequency;
        _nanosecondsPerUnit = NanosecondsPerSecond % _frequency == 0 ? NanosecondsPerSecond / _frequency : 0;
        _unitsPerTick = _frequency % TimeSpan.TicksPerSecond == 0 ? _frequency / TimeSpan.TicksPerSecond : 0;
    }

    public TimeProvider Time => _time;

    /// <summary>A timestamp of the clock, the unit in which all deadlines are kept.</summary>
    public long Now => _time.GetTimestamp();

    public bool HasStart => Volatile.Read(ref _start) != long.MaxValue;

    public void StartAt(long timestamp) => Volatile.Write(ref _start, timestamp);

    /// <summary>The run time at a timestamp, rounded down, so that nothing is ever due early.</summary>
    public TimeSpan At(long timestamp)
    {
        var start = Volatile.Read(ref _start);
        if (timestamp < start - (long.MaxValue / 2))
        {
            return TimeSpan.MinValue;
        }

        var units = timestamp - start;
        var ticks = Math.BigMul(units, TimeSpan.TicksPerSecond);
        var (quotient, remainder) = Int128.DivRem(ticks, _frequency);
        var floor = remainder < 0 ? quotient - 1 : quotient;
        return floor > long.MaxValue ? TimeSpan.MaxValue : TimeSpan.FromTicks((long)floor);
    }

    /// <summary>The first timestamp at which a run time has come.</summary>
    public long TimestampAt(TimeSpan runTime) => Volatile.Read(ref _start) + Units(runTime);

    /// <summary>A duration in timestamp units, rounded up.</summary>
    public long Units(TimeSpan duration)
    {
        if (_unitsPerTick != 0 && duration < LongDuration)
        {
            return duration.Ticks * _unitsPerTick;
        }

        var product = Math.BigMul(duration.Ticks, _frequency);
        var (quotient, remainder) = Int128.DivRem(product, TimeSpan.TicksPerSecond);
        var units = remainder > 0 ? quotient + 1 : quotient;
        return units > long.MaxValue / 4 ? long.MaxValue / 4 : (long)units;
    }

    public long Nanoseconds(long units) =>
        _nanosecondsPerUnit != 0 ? units * _nanosecondsPerUnit : (long)((Int128)units * NanosecondsPerSecond / _frequency);

    public TimeSpan Duration(long units) => TimeSpan.FromTicks(Nanoseconds(units) / 100);
}
