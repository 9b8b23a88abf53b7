namespace Orca.Measurement;

/// <summary>What one thread has recorded of one metric.</summary>
internal sealed class MetricShard(int precision)
{
    private long _values;
    private Histogram? _distribution;

    /// <summary>Values recorded.</summary>
    public long Values => Volatile.Read(ref _values);

    /// <summary>The sum of a counter.</summary>
    public long Sum { get; private set; }

    public double Min { get; private set; } = double.PositiveInfinity;

    public double Max { get; private set; } = double.NegativeInfinity;

    public long Rejected { get; set; }

    public Histogram? Distribution => Volatile.Read(ref _distribution);

    public void Count(long amount)
    {
        Sum += amount;
        Recorded();
    }

    public void Gauge(double value)
    {
        Min = Math.Min(Min, value);
        Max = Math.Max(Max, value);
        Recorded();
    }

    public void Record(long value)
    {
        if (_distribution is null)
        {
            Volatile.Write(ref _distribution, new(precision));
        }

        _distribution.Record(value);
        Recorded();
    }

    // Released last: a reader that sees the number of values sees what they did.
    private void Recorded() => Volatile.Write(ref _values, _values + 1);
}
