namespace Orca.Measurement;

/// <summary>Of a scenario's metrics, what must be one for all threads: each one's kind, which the first use fixes, and a gauge's last value.</summary>
internal sealed class MetricDirectory
{
    private const int Unknown = 0;

    private readonly int[] _kinds = new int[NameTable.Cap + 1];
    private readonly double[][] _last = [new double[NameTable.Cap + 1], new double[NameTable.Cap + 1]];

    /// <summary>Whether the metric is of that kind, which the first caller decides.</summary>
    public bool Is(int metric, MetricKind kind)
    {
        var wanted = (int)kind + 1;
        ref var known = ref _kinds[metric];
        return known == wanted
            || (known == Unknown && Interlocked.CompareExchange(ref known, wanted, Unknown) is var before && (before == Unknown || before == wanted));
    }

    public MetricKind KindOf(int metric) => (MetricKind)(Math.Max(1, Volatile.Read(ref _kinds[metric])) - 1);

    public void SetLast(MeasuredPart part, int metric, double value) => Volatile.Write(ref _last[(int)part][metric], value);

    public double LastOf(MeasuredPart part, int metric) => Volatile.Read(ref _last[(int)part][metric]);
}
