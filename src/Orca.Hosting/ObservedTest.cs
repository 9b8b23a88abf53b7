namespace Orca.Hosting;

/// <summary>Passes every hook on to a test, knows when its iterations have ended, and keeps the first exception that left it.</summary>
internal sealed class ObservedTest(ILoadTest test, long iterations) : ILoadTest
{
    private readonly TaskCompletionSource _allEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _left = iterations;
    private Exception? _first;

    public Task AllEnded => _allEnded.Task;

    /// <summary>The first exception, for its text: it is not to be thrown again.</summary>
    public Exception? FirstException => Volatile.Read(ref _first);

    public ValueTask SetUpAsync(LoadTestContext context, CancellationToken ct) =>
        WatchAsync(static (test, context, ct) => test.SetUpAsync(context, ct), context, ct);

    public ValueTask StartUserAsync(VirtualUser user, CancellationToken ct) =>
        WatchAsync(static (test, user, ct) => test.StartUserAsync(user, ct), user, ct);

    public async ValueTask RunAsync(VirtualUser user, CancellationToken ct)
    {
        try
        {
            await WatchAsync(static (test, user, ct) => test.RunAsync(user, ct), user, ct).ConfigureAwait(false);
        }
        finally
        {
            if (Interlocked.Decrement(ref _left) == 0)
            {
                _allEnded.TrySetResult();
            }
        }
    }

    public ValueTask StopUserAsync(VirtualUser user, CancellationToken ct) =>
        WatchAsync(static (test, user, ct) => test.StopUserAsync(user, ct), user, ct);

    public ValueTask TearDownAsync(LoadTestContext context, CancellationToken ct) =>
        WatchAsync(static (test, context, ct) => test.TearDownAsync(context, ct), context, ct);

    /// <summary>Keeps an exception where it is the first, and is none that cancelling brought about. Always false: a filter that catches nothing.</summary>
    public bool Note(Exception exception, CancellationToken ct)
    {
        if (exception is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            Interlocked.CompareExchange(ref _first, exception, null);
        }

        return false;
    }

    private async ValueTask WatchAsync<T>(Func<ILoadTest, T, CancellationToken, ValueTask> hook, T argument, CancellationToken ct)
    {
        try
        {
            await hook(test, argument, ct).ConfigureAwait(false);
        }
        catch (Exception e) when (Note(e, ct))
        {
            throw;
        }
    }
}
