namespace Orca.Measurement;

/// <summary>A piece of work that does nothing but note how long it waited for the thread pool. One is under way at a time.</summary>
/// <param name="delays">Where its waits are recorded; it is the only writer.</param>
/// <param name="period">How often it is queued.</param>
/// <param name="clock">What it measures by.</param>
/// <param name="queue">Hands it to the thread pool.</param>
internal sealed class SchedulingProbe(Histogram delays, TimeSpan period, TimeProvider clock, Action<IThreadPoolWorkItem> queue) : IThreadPoolWorkItem
{
    // After a stop of the whole machine: enough to show in any percentile, and soon written.
    private const int MostRecords = 10_000;

    private long _since;
    private long _ran = clock.GetTimestamp();
    private int _underWay;

    /// <summary>Queues the probe that was due at that timestamp, unless the one before still waits: that one will tell.</summary>
    public void Queue(long due)
    {
        if (Interlocked.Exchange(ref _underWay, 1) == 1)
        {
            return;
        }

        // The caller is woken through the pool itself. Timers are coarse, but when it is late by more than a period it was
        // the pool that kept it, and that wait counts, unless the probe before has told of it.
        var now = clock.GetTimestamp();
        var free = Math.Max(due, _ran);
        _since = clock.GetElapsedTime(free, now) > period ? free : now;
        queue(this);
    }

    public void Execute()
    {
        _ran = clock.GetTimestamp();
        var delay = clock.GetElapsedTime(_since, _ran);
        delays.Record((long)delay.TotalNanoseconds);

        // Probes that would have been queued meanwhile would have waited too.
        for (var records = 1; (delay -= period) >= period && records < MostRecords; records++)
        {
            delays.Record((long)delay.TotalNanoseconds);
        }

        Volatile.Write(ref _underWay, 0);
    }
}
