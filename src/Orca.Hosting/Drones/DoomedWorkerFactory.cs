using System.Threading.Channels;
using Orca.Plans;
using Orca.Runs.Workers;

namespace Orca.Hosting.Drones;

/// <summary>Makes workers of a drone that ends at a run time; what they do until then is another's.</summary>
internal sealed class DoomedWorkerFactory(ITestWorkerFactory inner, TimeSpan at, TimeProvider clock, Action end) : ITestWorkerFactory
{
    public ITestWorker Create() => new Worker(inner.Create(), at, clock, end);

    private sealed class Worker(ITestWorker inner, TimeSpan at, TimeProvider clock, Action end) : ITestWorker
    {
        private ITimer? _timer;

        public ChannelReader<EncodedSnapshot> Snapshots => inner.Snapshots;

        public Task<Problem?> Completion => inner.Completion;

        public Task<Problem?> PrepareAsync(WorkerAssignment assignment, CancellationToken ct) => inner.PrepareAsync(assignment, ct);

        public Task<Outcome<SwarmSetUpResult>> SetUpSwarmAsync(DroneInfo place, CancellationToken ct) => inner.SetUpSwarmAsync(place, ct);

        public Task<Problem?> SetUpAsync(WorkerPlace place, CancellationToken ct) => inner.SetUpAsync(place, ct);

        public void Start(Share share, long start)
        {
            inner.Start(share, start);
            var due = clock.GetElapsedTime(clock.GetTimestamp(), start) + at;
            _timer = clock.CreateTimer(static end => ((Action)end!)(), end, due > TimeSpan.Zero ? due : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }

        public void Update(Share share) => inner.Update(share);

        public WorkAhead LookAhead() => inner.LookAhead();

        public void ExtendRight(long until, IReadOnlyList<IterationClaim> claimed) => inner.ExtendRight(until, claimed);

        public void Stop() => inner.Stop();

        public Task<Problem?> TearDownSwarmAsync(CancellationToken ct) => inner.TearDownSwarmAsync(ct);

        public async ValueTask DisposeAsync()
        {
            if (_timer is not null)
            {
                await _timer.DisposeAsync().ConfigureAwait(false);
            }

            await inner.DisposeAsync().ConfigureAwait(false);
        }
    }
}
