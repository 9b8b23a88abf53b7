using Orca.Results;
using Orca.Runs;

namespace Orca.Hosting;

/// <summary>The one run of a host that leads: its end, and the way to end it sooner. Safe for use from any thread.</summary>
public sealed class OrcaRun
{
    private readonly TaskCompletionSource<OrcaRunResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abandoned = new();
    private StopRequest? _stop;

    internal OrcaRun()
    {
    }

    /// <summary>Gets what the run came to, once it has ended. Never faults.</summary>
    public Task<OrcaRunResult> Completion => _completion.Task;

    /// <summary>The first request to stop, or null.</summary>
    internal StopRequest? StopAsked => Volatile.Read(ref _stop);

    /// <summary>Cancelled when the run is to be drained.</summary>
    internal CancellationToken Stopping => _stopping.Token;

    /// <summary>Cancelled when nothing is waited for any more.</summary>
    internal CancellationToken Abandoned => _abandoned.Token;

    /// <summary>Asks for the load to be drained now; the run then ends as <see cref="Verdict.Aborted"/>, with a report of what there is. The first reason counts.</summary>
    /// <param name="reason">Who asks, and why; shown in the report.</param>
    public void Stop(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        Stop(new StopRequest(reason, Interrupted: false));
    }

    internal void Stop(StopRequest request)
    {
        if (Interlocked.CompareExchange(ref _stop, request, null) is null)
        {
            _stopping.Cancel();
        }
    }

    /// <summary>Waits for nothing more.</summary>
    internal void Abandon()
    {
        _stopping.Cancel();
        _abandoned.Cancel();
    }

    internal void Ended(OrcaRunResult result) => _completion.TrySetResult(result);
}
