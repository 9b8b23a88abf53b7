namespace Orca.Swarm;

/// <summary>What a loop waits on between two looks at the state: a signal, or its time. A signal that nobody waits for is kept. One waiter.</summary>
internal sealed class Wake(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _waiting;
    private bool _signalled;

    public void Signal()
    {
        TaskCompletionSource? waiting;
        lock (_lock)
        {
            (waiting, _waiting) = (_waiting, null);
            _signalled = waiting is null;
        }

        waiting?.TrySetResult();
    }

    /// <summary>Waits for a signal, so long at most.</summary>
    public async ValueTask WaitAsync(TimeSpan atMost, CancellationToken ct)
    {
        TaskCompletionSource waiting;
        lock (_lock)
        {
            if (_signalled)
            {
                _signalled = false;
                return;
            }

            // Not run inline: a signal must not run the waiter's work on the signaller's stack.
            _waiting = waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        using var timer = clock.CreateTimer(static state => ((TaskCompletionSource)state!).TrySetResult(), waiting, atMost, Timeout.InfiniteTimeSpan);
        using var cancelled = ct.UnsafeRegister(static (state, ct) => ((TaskCompletionSource)state!).TrySetCanceled(ct), waiting);
        try
        {
            await waiting.Task;
        }
        finally
        {
            lock (_lock)
            {
                if (_waiting == waiting)
                {
                    _waiting = null;
                }
            }
        }
    }
}
