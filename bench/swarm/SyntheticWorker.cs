using System.Collections.Immutable;
using System.Threading.Channels;
using Orca.Measurement;
using Orca.Plans;
using Orca.Runs.Workers;

namespace Orca.SwarmBench;

/// <summary>A worker that loads nothing: it puts made-up snapshots at the boundaries of run time, as a real one would.</summary>
internal sealed class SyntheticWorker(SyntheticMeasurements measurements) : ITestWorker, ITestWorkerFactory
{
    private readonly Channel<EncodedSnapshot> _snapshots = Channel.CreateBounded<EncodedSnapshot>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly CancellationTokenSource _stopping = new();
    private WorkerAssignment? _assignment;
    private TimeSpan _interval;
    private int _epoch;

    public ChannelReader<EncodedSnapshot> Snapshots => _snapshots.Reader;

    public Task<Problem?> Completion { get; private set; } = Task.FromResult<Problem?>(null);

    public ITestWorker Create() => new SyntheticWorker(measurements);

    public Task<Problem?> PrepareAsync(WorkerAssignment assignment, CancellationToken ct)
    {
        _assignment = assignment;
        return Task.FromResult<Problem?>(null);
    }

    public Task<Outcome<SwarmSetUpResult>> SetUpSwarmAsync(DroneInfo place, CancellationToken ct) =>
        Task.FromResult<Outcome<SwarmSetUpResult>>(new SwarmSetUpResult(false, ImmutableSortedDictionary<string, string>.Empty));

    public Task<Problem?> SetUpAsync(WorkerPlace place, CancellationToken ct)
    {
        // As real workers do.
        _interval = TimeSpan.FromSeconds(Math.Max(_assignment!.Plan.Interval.TotalSeconds, place.Drone.Count / 100.0));
        return Task.FromResult<Problem?>(null);
    }

    public void Start(Share share, long start)
    {
        _epoch = share.Epoch;
        Completion = RunAsync(start);
    }

    public void Update(Share share) => _epoch = share.Epoch;

    public WorkAhead LookAhead() => WorkAhead.None;

    public void ExtendRight(long until, IReadOnlyList<IterationClaim> claimed)
    {
    }

    public void Stop() => _stopping.Cancel();

    public Task<Problem?> TearDownSwarmAsync(CancellationToken ct) => Task.FromResult<Problem?>(null);

    public async ValueTask DisposeAsync()
    {
        _stopping.Cancel();
        await Completion;
        _snapshots.Writer.TryComplete();
        _stopping.Dispose();
    }

    private async Task<Problem?> RunAsync(long start)
    {
        var boundaries = (int)(_assignment!.Plan.Duration / _interval);
        var boundary = 1;
        try
        {
            for (; boundary <= boundaries; boundary++)
            {
                var wait = (boundary * _interval) - TimeProvider.System.GetElapsedTime(start);
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, _stopping.Token);
                }

                Put(boundary, final: false);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Asked to drain: what there is, is final.
        }

        Put(Math.Min(boundary, boundaries), final: true);
        _snapshots.Writer.TryComplete();
        return null;
    }

    private void Put(int boundary, bool final)
    {
        var header = new SnapshotHeader(_assignment!.Drone, _assignment.Incarnation, _epoch, boundary + (final ? 1 : 0), boundary * _interval, final);
        var health = new DroneHealth { SchedulingDelay = new(3), Processors = 1, Elapsed = boundary * _interval };
        _snapshots.Writer.TryWrite(new(header.Sequence, header.RunTime, final, measurements.At(boundary, _interval, header, health)));
    }
}
