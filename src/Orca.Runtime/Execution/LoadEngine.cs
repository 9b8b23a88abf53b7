using Orca.Plans;

namespace Orca.Execution;

/// <summary>Turns run time into iterations on one drone: schedulers, virtual users and the iteration loop of all scenarios.</summary>
internal sealed class LoadEngine(LoadEngineOptions options) : IAsyncDisposable
{
    /// <summary>Calls each test's set-up and starts the users that a share needs at time zero; a problem takes the drone out of the run.</summary>
    public Task<Problem?> SetUpAsync(Share provisional, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Sets the load going: run time 0 is at <paramref name="start"/>, a timestamp of the engine's clock, usually ahead.</summary>
    /// <remarks>Starts no work before the right to load was first extended.</remarks>
    public void Start(Share share, long start) => throw new NotImplementedException();

    public void Update(Share share) => throw new NotImplementedException();

    /// <summary>Allows work to be started until a timestamp of the engine's clock; an earlier one than before changes nothing.</summary>
    public void ExtendRight(long until) => throw new NotImplementedException();

    /// <summary>Ends the load now: nothing new is started, what runs gets the plan's grace.</summary>
    public void Stop() => throw new NotImplementedException();

    /// <summary>Ends when the last stage is over (or <see cref="Stop"/> was called) and every iteration has ended or was interrupted.</summary>
    public Task Completion => throw new NotImplementedException();

    /// <summary>Stops the users and tears the tests down; a problem is reported, the measurements stay.</summary>
    public Task<Problem?> TearDownAsync(CancellationToken ct) => throw new NotImplementedException();

    public ValueTask DisposeAsync() => throw new NotImplementedException();

    private readonly LoadEngineOptions _options = options;
}
