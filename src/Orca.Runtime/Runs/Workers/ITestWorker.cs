using System.Threading.Channels;
using Orca.Plans;

namespace Orca.Runs.Workers;

/// <summary>Where a test runs: in the drone's process or in a child of it. One worker serves one run on one drone.</summary>
/// <remarks>
/// Calls come in the order of the members, one at a time, but for <see cref="LookAhead"/>, <see cref="ExtendRight"/>, <see cref="Update"/>
/// and <see cref="Stop"/>, which come at any time after <see cref="Start"/>, and the first two from one loop. Failures are values;
/// disposing ends whatever still runs.
/// </remarks>
internal interface ITestWorker : IAsyncDisposable
{
    /// <summary>Installs the lock, verifies it, loads it and constructs the scenarios' tests.</summary>
    Task<Problem?> PrepareAsync(WorkerAssignment assignment, CancellationToken ct);

    /// <summary>Runs the swarm's set-up of every test that has one.</summary>
    Task<Outcome<SwarmSetUpResult>> SetUpSwarmAsync(DroneInfo place, CancellationToken ct);

    /// <summary>Sets the tests up and starts the users that a share needs at time zero.</summary>
    Task<Problem?> SetUpAsync(WorkerPlace place, CancellationToken ct);

    /// <summary>Sets the load going; <paramref name="start"/> is the timestamp of run time zero, usually ahead.</summary>
    void Start(Share share, long start);

    void Update(Share share);

    /// <summary>What the next heartbeat is to claim, from before the start on. Answers at once with what is known.</summary>
    WorkAhead LookAhead();

    /// <summary>Allows work to be started until a timestamp, of iterations stages what was claimed; there is no right before the first call.</summary>
    void ExtendRight(long until, IReadOnlyList<IterationClaim> claimed);

    /// <summary>Drains now.</summary>
    void Stop();

    /// <summary>Snapshots, cut at common boundaries of run time; an unread one gives way to a newer one. Complete after the final one.</summary>
    ChannelReader<EncodedSnapshot> Snapshots { get; }

    /// <summary>Ends when the load has drained, the tests are torn down and the final snapshot is out; with a problem where that failed.</summary>
    Task<Problem?> Completion { get; }

    /// <summary>Runs the swarm's tear-down of every test that has one.</summary>
    Task<Problem?> TearDownSwarmAsync(CancellationToken ct);
}
