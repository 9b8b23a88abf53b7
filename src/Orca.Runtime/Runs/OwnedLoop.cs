namespace Orca.Runs;

/// <summary>A background loop that its owner ends and awaits.</summary>
internal sealed class OwnedLoop : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _loop;

    public OwnedLoop(Func<CancellationToken, Task> loop) => _loop = loop(_stopping.Token);

    public async ValueTask DisposeAsync()
    {
        // Not CancelAsync, which would leave the caller's context for the thread pool.
        _stopping.Cancel();
        try
        {
            await _loop;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // That is how such a loop ends.
        }

        _stopping.Dispose();
    }
}
