using System.Threading.Channels;
using Orca.Plans;
using Orca.Runs.Workers;

namespace Orca.Tests.Simulation;

/// <summary>Workers that are told something else than the protocol says.</summary>
internal sealed class MutatedWorkers(ITestWorkerFactory inner, Mutation mutation) : ITestWorkerFactory
{
    public ITestWorker Create() => new Worker(inner.Create(), mutation);

    private sealed class Worker(ITestWorker inner, Mutation mutation) : ITestWorker
    {
        private DroneInfo _place = new(0, 1);

        public ChannelReader<EncodedSnapshot> Snapshots => inner.Snapshots;

        public Task<Problem?> Completion => inner.Completion;

        public Task<Problem?> PrepareAsync(WorkerAssignment assignment, CancellationToken ct) => inner.PrepareAsync(assignment, ct);

        public Task<Outcome<SwarmSetUpResult>> SetUpSwarmAsync(DroneInfo place, CancellationToken ct) => inner.SetUpSwarmAsync(place, ct);

        public Task<Problem?> SetUpAsync(WorkerPlace place, CancellationToken ct)
        {
            _place = place.Drone;
            return inner.SetUpAsync(place, ct);
        }

        public void Start(Share share, long start) => inner.Start(share, start);

        public void Update(Share share) => inner.Update(share.Epoch == 0 ? share : mutation switch
        {
            Mutation.SlotsByCount when _place.Count > 1 => share with { Slots = ByCount(share) },
            Mutation.SharesTakenAtOnce => share with { From = TimeSpan.Zero },
            Mutation.ClaimsIgnored => share with { Claimed = [] },
            _ => share,
        });

        public WorkAhead LookAhead() => inner.LookAhead();

        public void ExtendRight(long until, IReadOnlyList<IterationClaim> claimed) =>
            inner.ExtendRight(mutation == Mutation.NoRightToLoad ? long.MaxValue : until, claimed);

        public void Stop() => inner.Stop();

        public Task<Problem?> TearDownSwarmAsync(CancellationToken ct) => inner.TearDownSwarmAsync(ct);

        public ValueTask DisposeAsync() => inner.DisposeAsync();

        // One drone fewer than there were, each with the slots s = rank mod that.
        private SlotSet ByCount(Share share)
        {
            var left = _place.Count - 1;
            return SlotSet.Of(share.Slots.Total, Enumerable.Range(0, share.Slots.Total).Where(slot => slot % left == _place.Index % left));
        }
    }
}
