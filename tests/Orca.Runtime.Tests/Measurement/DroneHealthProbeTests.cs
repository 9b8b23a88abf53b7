using Microsoft.Extensions.Time.Testing;
using Orca.Measurement;

namespace Orca.Tests.Measurement;

public class DroneHealthProbeTests
{
    private static readonly TimeSpan _period = DroneHealthProbe.Period;

    private readonly FakeTimeProvider _clock = new();
    private readonly Queue<IThreadPoolWorkItem> _pool = new();

    [Fact]
    public void Execute_AfterAWait_RecordsTheWait()
    {
        var delays = new Histogram(4);
        var probe = new SchedulingProbe(delays, _period, _clock, _pool.Enqueue);
        _clock.Advance(_period);
        probe.Queue(due: _clock.GetTimestamp());
        _clock.Advance(TimeSpan.FromMilliseconds(3));
        _pool.Dequeue().Execute();

        Assert.Equal((1, 3_000_000), (delays.Count, delays.Max));
    }

    [Fact]
    public void Execute_AfterAWaitOfManyPeriods_CountsTheProbesThatWereNotQueued()
    {
        var delays = new Histogram(4);
        var probe = new SchedulingProbe(delays, _period, _clock, _pool.Enqueue);
        probe.Queue(due: _clock.GetTimestamp());
        for (var i = 0; i < 50; i++)
        {
            _clock.Advance(_period);
            probe.Queue(due: _clock.GetTimestamp());
        }

        Assert.Single(_pool).Execute();

        Assert.Equal((50, 1_000_000_000, 20_000_000), (delays.Count, delays.Max, delays.Min));
    }

    [Fact]
    public void Queue_LateByMoreThanAPeriod_CountsTheCallersOwnWait()
    {
        var delays = new Histogram(4);
        var probe = new SchedulingProbe(delays, _period, _clock, _pool.Enqueue);
        var due = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromMilliseconds(70));
        probe.Queue(due);
        _pool.Dequeue().Execute();
        Assert.Equal((3, 70_000_000), (delays.Count, delays.Max));

        // What the probe before has told already is not told again.
        probe.Queue(due);
        _pool.Dequeue().Execute();
        Assert.Equal((4, 0), (delays.Count, delays.Min));
    }

    [Fact]
    public void Queue_LateAsTimersAre_CountsNothing()
    {
        var delays = new Histogram(4);
        var probe = new SchedulingProbe(delays, _period, _clock, _pool.Enqueue);
        var due = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromMilliseconds(8));
        probe.Queue(due);
        _pool.Dequeue().Execute();

        Assert.Equal((1, 0), (delays.Count, delays.Max));
    }

    [Fact]
    public async Task Start_EachPeriod_QueuesOneProbe()
    {
        using var queued = new SemaphoreSlim(0);
        var probe = new DroneHealthProbe(3, _clock, item =>
        {
            item.Execute();
            queued.Release();
        });
        Assert.Equal((0, TimeSpan.Zero), (probe.Sample().SchedulingDelay.Count, probe.Sample().Elapsed));
        probe.Start();
        for (var i = 1; i <= 5; i++)
        {
            _clock.Advance(_period);
            await queued.WaitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(i, probe.Sample().SchedulingDelay.Count);
        }

        await probe.DisposeAsync();
        _clock.Advance(10 * _period);
        var health = probe.Sample();
        Assert.Equal((5, 0), (health.SchedulingDelay.Count, queued.CurrentCount));
        Assert.Equal(15 * _period, health.Elapsed);
        Assert.True(health.Processors > 0 && health.WorkingSet > 0 && health.Processor >= TimeSpan.Zero && health.GcPause >= TimeSpan.Zero);
    }

    [Fact]
    public async Task DisposeAsync_NeverStartedOrTwice_DoesNothing()
    {
        var probe = new DroneHealthProbe(3, _clock);
        await probe.DisposeAsync();
        probe = new(3, _clock);
        probe.Start();
        Assert.Throws<InvalidOperationException>(probe.Start);
        await probe.DisposeAsync();
        await probe.DisposeAsync();
    }

    [Fact]
    public async Task Start_RealPoolAndClock_Measures()
    {
        await using var probe = new DroneHealthProbe(3, TimeProvider.System);
        probe.Start();
        DroneHealth health;
        do
        {
            await Task.Yield();
            health = probe.Sample();
        }
        while (health.SchedulingDelay.Count < 2 && !TestContext.Current.CancellationToken.IsCancellationRequested);

        Assert.True(health.Elapsed > _period && health.SchedulingDelay.Max > 0);
    }

    [Fact]
    public void Since_EarlierHealth_IsTheDifference()
    {
        var earlier = new DroneHealth
        {
            Processor = TimeSpan.FromSeconds(1), Elapsed = TimeSpan.FromSeconds(2), GcPause = TimeSpan.FromMilliseconds(5),
            Processors = 2, WorkingSet = 10, SchedulingDelay = MeasuredValues.Recorded([5, 6]),
        };
        var later = new DroneHealth
        {
            Processor = TimeSpan.FromSeconds(4), Elapsed = TimeSpan.FromSeconds(4), GcPause = TimeSpan.FromMilliseconds(7),
            Processors = 2, WorkingSet = 30, SchedulingDelay = MeasuredValues.Recorded([5, 6, 700]),
        };

        var since = later.Since(earlier);
        Assert.Equal((TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(2)), (since.Processor, since.Elapsed, since.GcPause));
        Assert.Equal((2, 30, 1, 700), (since.Processors, since.WorkingSet, since.SchedulingDelay.Count, since.SchedulingDelay.Max));
        Assert.Equal(0.75, since.ProcessorShare);
        Assert.Equal(0, new DroneHealth { SchedulingDelay = new(3) }.ProcessorShare);
    }
}
