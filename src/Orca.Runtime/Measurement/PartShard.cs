namespace Orca.Measurement;

/// <summary>What one thread has recorded of one scenario's warm-up, or of what came after it. One writer; readers see growing figures.</summary>
internal sealed class PartShard(int precision)
{
    private StepShard?[] _steps = [];
    private MetricShard?[] _metrics = [];
    private long[] _passed = [];
    private long[] _failed = [];

    public long Started { get; set; }

    public long Dropped { get; set; }

    public long Missed { get; set; }

    public long Interrupted { get; set; }

    public long UserTicks { get; set; }

    public Histogram ResponseOk { get; } = new(precision);

    public Histogram ResponseFailed { get; } = new(precision);

    public Histogram ServiceOk { get; } = new(precision);

    public Histogram ServiceFailed { get; } = new(precision);

    public Histogram Lateness { get; } = new(precision);

    public CodeCounts Errors { get; } = new();

    public ReadOnlySpan<StepShard?> Steps => Volatile.Read(ref _steps);

    public ReadOnlySpan<MetricShard?> Metrics => Volatile.Read(ref _metrics);

    public ReadOnlySpan<long> ChecksPassed => Volatile.Read(ref _passed);

    public ReadOnlySpan<long> ChecksFailed => Volatile.Read(ref _failed);

    public StepShard Step(int number) =>
        ((uint)number < (uint)_steps.Length ? _steps[number] : null) ?? AddStep(number);

    public MetricShard Metric(int number) =>
        ((uint)number < (uint)_metrics.Length ? _metrics[number] : null) ?? AddMetric(number);

    public void Check(int number, bool passed)
    {
        ref var counts = ref passed ? ref _passed : ref _failed;
        if (number >= counts.Length)
        {
            Volatile.Write(ref counts, Grown(counts, number));
        }

        counts[number]++;
    }

    private StepShard AddStep(int number)
    {
        if (number >= _steps.Length)
        {
            Volatile.Write(ref _steps, Grown(_steps, number));
        }

        var step = new StepShard(precision);
        Volatile.Write(ref _steps[number], step);
        return step;
    }

    private MetricShard AddMetric(int number)
    {
        if (number >= _metrics.Length)
        {
            Volatile.Write(ref _metrics, Grown(_metrics, number));
        }

        var metric = new MetricShard(precision);
        Volatile.Write(ref _metrics[number], metric);
        return metric;
    }

    // A copy, so that a reader of the old array sees a past state and never a mixed one.
    private static T[] Grown<T>(T[] array, int number)
    {
        var grown = new T[Math.Max(8, Math.Max(number + 1, array.Length * 2))];
        array.CopyTo(grown, 0);
        return grown;
    }
}
