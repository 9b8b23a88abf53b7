namespace Orca.Measurement;

/// <summary>Samples the drone's own health while the load runs.</summary>
internal sealed class DroneHealthProbe : IAsyncDisposable
{
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);

    private readonly TimeProvider _clock;
    private readonly Histogram _delays;
    private readonly SchedulingProbe _probe;
    private PeriodicTimer? _timer;
    private Task _loop = Task.CompletedTask;
    private long _started;
    private TimeSpan _processor;
    private TimeSpan _gcPause;

    public DroneHealthProbe(int precision, TimeProvider clock)
        : this(precision, clock, static probe => ThreadPool.UnsafeQueueUserWorkItem(probe, preferLocal: false))
    {
    }

    /// <summary>With a thread pool of the caller's own.</summary>
    public DroneHealthProbe(int precision, TimeProvider clock, Action<IThreadPoolWorkItem> queue)
    {
        _clock = clock;
        _delays = new(precision);
        _probe = new(_delays, Period, clock, queue);
    }

    /// <summary>Begins probing the thread pool every 20 ms; all figures count from here. Once only.</summary>
    public void Start()
    {
        if (_timer is not null)
        {
            throw new InvalidOperationException("The health probe was started already.");
        }

        (_processor, _gcPause) = (Environment.CpuUsage.TotalTime, GC.GetTotalPauseDuration());
        _started = _clock.GetTimestamp();
        _timer = new(Period, _clock);
        _loop = ProbeAsync(_timer);
    }

    /// <summary>The health so far. From any thread.</summary>
    public DroneHealth Sample()
    {
        var delays = new Histogram(_delays.Precision);
        delays.Add(_delays);
        return _timer is null
            ? new() { SchedulingDelay = delays, Processors = Environment.ProcessorCount, WorkingSet = Environment.WorkingSet }
            : new()
            {
                Processor = Environment.CpuUsage.TotalTime - _processor,
                Elapsed = _clock.GetElapsedTime(_started),
                Processors = Environment.ProcessorCount,
                GcPause = GC.GetTotalPauseDuration() - _gcPause,
                WorkingSet = Environment.WorkingSet,
                SchedulingDelay = delays,
            };
    }

    public async ValueTask DisposeAsync()
    {
        _timer?.Dispose();
        await _loop;
    }

    private async Task ProbeAsync(PeriodicTimer timer)
    {
        var ticks = (long)(Period.TotalSeconds * _clock.TimestampFrequency);
        var last = _started;
        while (await timer.WaitForNextTickAsync())
        {
            _probe.Queue(due: last + ticks);
            last = _clock.GetTimestamp();
        }
    }
}
