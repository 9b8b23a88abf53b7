namespace Orca.Samples.Target;

/// <summary>Holds back whoever passes while the target is frozen.</summary>
internal sealed class FreezeGate(TimeProvider clock) : IAsyncDisposable
{
    private readonly CancellationTokenSource _disposed = new();
    private readonly Lock _lock = new();
    private TaskCompletionSource? _frozen;
    private Task _armed = Task.CompletedTask;

    /// <summary>Freezes the target after a while, once the freezes armed before have ended.</summary>
    public void Arm(TimeSpan after, TimeSpan duration)
    {
        var armedAt = clock.GetTimestamp();
        lock (_lock)
        {
            _armed = FreezeAsync(_armed, armedAt, after, duration);
        }
    }

    /// <summary>Passes at once, or when the freeze ends.</summary>
    public Task PassAsync(CancellationToken ct) =>
        Volatile.Read(ref _frozen) is { } frozen ? frozen.Task.WaitAsync(ct) : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync();
        Task armed;
        lock (_lock)
        {
            armed = _armed;
        }

        await armed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _disposed.Dispose();
    }

    private async Task FreezeAsync(Task before, long armedAt, TimeSpan after, TimeSpan duration)
    {
        await before;
        await UntilAsync(armedAt, after);

        // Thousands wait for this one; they must not continue one after the other on the timer's thread.
        var frozen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var frozenAt = clock.GetTimestamp();
        Volatile.Write(ref _frozen, frozen);
        try
        {
            await UntilAsync(frozenAt, duration);
        }
        finally
        {
            Volatile.Write(ref _frozen, null);
            frozen.SetResult();
        }
    }

    // A timer may fire a little early by the finer clock: the rest is waited for again.
    private async Task UntilAsync(long start, TimeSpan duration)
    {
        while (duration - clock.GetElapsedTime(start) is { } rest && rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, clock, _disposed.Token);
        }
    }
}
