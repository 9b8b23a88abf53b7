namespace Orca.Measurement;

/// <summary>Counts of values in HdrHistogram's layout, with exact count, sum, least and greatest beside them.</summary>
/// <remarks>One writer; readers on other threads see counts that are never ahead of what was recorded.</remarks>
internal sealed class Histogram
{
    public Histogram(int precision) => Precision = precision;

    public int Precision { get; }

    public long Count => throw new NotImplementedException();

    public Int128 Sum => throw new NotImplementedException();

    public long Min => throw new NotImplementedException();

    public long Max => throw new NotImplementedException();

    /// <summary>Values that were out of range and recorded as the nearest one in range.</summary>
    public long Clamped => throw new NotImplementedException();

    public double Mean => throw new NotImplementedException();

    /// <summary>Records one value, in nanoseconds (or a metric's own unit). Takes no lock and allocates only a page seen for the first time.</summary>
    public void Record(long value) => throw new NotImplementedException();

    /// <summary>The value at a percentile, 0 to 100: the greatest value that is equivalent to the one at that rank; 0 when empty.</summary>
    public long ValueAt(double percentile) => throw new NotImplementedException();

    public long CountAbove(long value) => throw new NotImplementedException();

    public void Add(Histogram other) => throw new NotImplementedException();

    /// <summary>What came since an earlier state of the same histogram. Least and greatest are those of the buckets.</summary>
    public Histogram Since(Histogram earlier) => throw new NotImplementedException();
}
