namespace Orca.Measurement;

/// <summary>How many values were from <paramref name="Lowest"/> to <paramref name="Highest"/>, both included.</summary>
internal readonly record struct HistogramBucket(long Lowest, long Highest, long Count);
