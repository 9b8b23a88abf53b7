using Microsoft.Extensions.Time.Testing;

namespace Orca.Tests.Runs;

/// <summary>One thread and one clock for a whole swarm: what is awaited goes on here, in order, and time passes only when nothing is left to do.</summary>
internal sealed class DrivenWorld : SynchronizationContext
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _due = new();
    private readonly Lock _lock = new();

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>Starts work in this world; it goes on while <see cref="Run"/> does.</summary>
    public T Start<T>(Func<T> work)
        where T : Task
    {
        using (new Inside(this))
        {
            return work();
        }
    }

    /// <summary>Lets time pass until a task has ended; fails where it has not after so long.</summary>
    public async Task<T> RunAsync<T>(Task<T> task, TimeSpan atMost) => Run(() => task.IsCompleted, atMost)
        ? await task
        : throw new TimeoutException($"Not done after {atMost.TotalSeconds:0} s of the world's time.");

    /// <summary>Lets time pass until a condition holds, so long at most; answers whether it does.</summary>
    public bool Run(Func<bool> until, TimeSpan atMost)
    {
        using (new Inside(this))
        {
            var end = Clock.GetUtcNow() + atMost;
            while (true)
            {
                Drain();
                if (until())
                {
                    return true;
                }

                if (Clock.GetUtcNow() >= end)
                {
                    return false;
                }

                Clock.Advance(Step);
            }
        }
    }

    public void Run(TimeSpan time) => Run(() => false, time);

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_lock)
        {
            _due.Enqueue((d, state));
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;

    private void Drain()
    {
        while (true)
        {
            (SendOrPostCallback Callback, object? State) next;
            lock (_lock)
            {
                if (!_due.TryDequeue(out next))
                {
                    return;
                }
            }

            next.Callback(next.State);
        }
    }

    private readonly struct Inside : IDisposable
    {
        private readonly SynchronizationContext? _outside;

        public Inside(DrivenWorld world)
        {
            _outside = Current;
            SetSynchronizationContext(world);
        }

        public void Dispose() => SetSynchronizationContext(_outside);
    }
}
