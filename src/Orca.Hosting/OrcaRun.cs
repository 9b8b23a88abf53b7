using Orca.Results;

namespace Orca.Hosting;

/// <summary>The one run of a host that leads: its end, and the way to end it sooner. Safe for use from any thread.</summary>
public sealed class OrcaRun
{
    private readonly TaskCompletionSource<OrcaRunResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _abandoned = new();
    private volatile Action<string, bool>? _stop;

    /// <summary>Gets what the run came to, once it has ended. Never faults.</summary>
    public Task<OrcaRunResult> Completion => _completion.Task;

    internal CancellationToken Abandoned => _abandoned.Token;

    /// <summary>Asks for the load to be drained now; the run then ends as <see cref="Verdict.Aborted"/>, with a report of what there is.</summary>
    /// <param name="reason">Who asks, and why; shown in the report.</param>
    public void Stop(string reason) => _stop?.Invoke(reason, false);

    internal void Interrupt() => _stop?.Invoke("Ctrl-C", true);

    /// <summary>Waits for nothing more.</summary>
    internal void Abandon() => _abandoned.Cancel();

    internal void Started(Action<string, bool> stop) => _stop = stop;

    internal void Ended(OrcaRunResult result) => _completion.TrySetResult(result);
}
