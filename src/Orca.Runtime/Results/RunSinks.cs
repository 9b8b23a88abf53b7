namespace Orca.Results;

/// <summary>A run's sinks, each behind a bounded queue of its own: a slow or broken one is reported, never waited for while the run goes on.</summary>
internal sealed class RunSinks(IReadOnlyList<IRunSink> sinks, TimeProvider clock) : IAsyncDisposable
{
    public Task<Problem?> CheckAsync(CancellationToken ct) => throw new NotImplementedException();

    public void Begin(RunStarted started) => throw new NotImplementedException();

    public void Interval(RunInterval interval) => throw new NotImplementedException();

    public void Event(RunEvent happened) => throw new NotImplementedException();

    /// <summary>Hands the report to every sink and waits for them, up to a time-out each; problems are returned, never thrown.</summary>
    public Task<IReadOnlyList<Problem>> EndAsync(RunReport report, TimeSpan timeout, CancellationToken ct) => throw new NotImplementedException();

    public ValueTask DisposeAsync() => throw new NotImplementedException();

    private readonly object _seam = (sinks, clock);
}
