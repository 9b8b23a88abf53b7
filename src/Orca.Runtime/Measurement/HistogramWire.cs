namespace Orca.Measurement;

/// <summary>A histogram as bytes: HdrHistogram's V2 encoding, and beside it what that loses.</summary>
internal static class HistogramWire
{
    // About what the object takes in memory, its pages left out.
    private const int Cost = 2_000;

    /// <summary>Writes a histogram as a field; an empty one is left out.</summary>
    public static void Write(int field, Histogram histogram, WireWriter to)
    {
        if (histogram.Count == 0)
        {
            return;
        }

        var start = to.Begin(field);
        var counts = to.Begin(SnapshotFields.OfHistogram.Counts);
        HdrEncoding.Write(histogram, to);
        to.End(counts);
        to.Unsigned(SnapshotFields.OfHistogram.SumLow, (ulong)histogram.Sum);
        to.Unsigned(SnapshotFields.OfHistogram.SumHigh, (ulong)(histogram.Sum >> 64));
        to.Number(SnapshotFields.OfHistogram.Min, histogram.Min);
        to.Number(SnapshotFields.OfHistogram.Max, histogram.Max);
        to.Number(SnapshotFields.OfHistogram.Clamped, histogram.Clamped);
        to.End(start);
    }

    /// <summary>Reads the field's contents; null where they are none.</summary>
    public static Histogram? Read(WireReader fields, DecodeBudget budget)
    {
        Histogram? histogram = null;
        var (count, sumLow, sumHigh, min, max, clamped) = (0L, 0UL, 0UL, 0L, 0L, 0L);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case SnapshotFields.OfHistogram.Counts:
                    if (!budget.Take(Cost) || !HdrEncoding.DecodeCounts(fields.Bytes(), budget, out count).TryGet(out histogram, out _))
                    {
                        return null;
                    }

                    break;
                case SnapshotFields.OfHistogram.SumLow: sumLow = fields.Unsigned(); break;
                case SnapshotFields.OfHistogram.SumHigh: sumHigh = fields.Unsigned(); break;
                case SnapshotFields.OfHistogram.Min: min = fields.Count(long.MaxValue); break;
                case SnapshotFields.OfHistogram.Max: max = fields.Count(long.MaxValue); break;
                case SnapshotFields.OfHistogram.Clamped: clamped = fields.Count(HdrEncoding.MostCount); break;
            }
        }

        if (fields.Failed)
        {
            return null;
        }

        histogram?.Restore(count, (Int128)new UInt128(sumHigh, sumLow), min, max, clamped);
        return histogram;
    }
}
