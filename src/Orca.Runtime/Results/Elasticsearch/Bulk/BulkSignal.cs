namespace Orca.Results.Elasticsearch.Bulk;

/// <summary>Wakes one waiter; a signal with nobody waiting is kept. Safe for use from several threads.</summary>
internal sealed class BulkSignal(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _set = New();

    public void Set()
    {
        lock (_lock)
        {
            _set.TrySetResult();
        }
    }

    /// <summary>Waits for a signal, at most so long.</summary>
    public async Task WaitAsync(TimeSpan most, CancellationToken ct)
    {
        Task set;
        lock (_lock)
        {
            set = _set.Task;
        }

        try
        {
            await set.WaitAsync(most, clock, ct);
        }
        catch (TimeoutException)
        {
            return;
        }

        lock (_lock)
        {
            _set = New();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
