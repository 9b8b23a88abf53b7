namespace Orca.Tests.Simulation;

/// <summary>One thread and one clock for a whole swarm: what is due is done in order, and time passes only when nothing is left to do.</summary>
internal sealed class SimulatedWorld
{
    private readonly Queue<Action> _due = new();
    private readonly Lock _lock = new();

    public SimulatedTime Time { get; } = new();

    public SimulatedProcess NewProcess(string name) => new(this, name);

    public void Do(Action action)
    {
        lock (_lock)
        {
            _due.Enqueue(action);
        }
    }

    /// <summary>Lets time pass until a task has ended; fails where it has not after so long.</summary>
    public async Task<T> RunAsync<T>(Task<T> task, TimeSpan atMost) => Run(() => task.IsCompleted, atMost)
        ? await task
        : throw new TimeoutException($"Not done after {atMost.TotalSeconds:0} s of the world's time.");

    /// <summary>Lets time pass until a condition holds, so long at most; answers whether it does.</summary>
    public bool Run(Func<bool> until, TimeSpan atMost)
    {
        var end = Time.Now + atMost;
        using (new ContextScope(null))
        {
            while (true)
            {
                while (Next() is { } action)
                {
                    action();
                }

                if (until())
                {
                    return true;
                }

                if (!Time.FireNext(end))
                {
                    return false;
                }
            }
        }
    }

    private Action? Next()
    {
        lock (_lock)
        {
            return _due.TryDequeue(out var action) ? action : null;
        }
    }
}
