namespace Orca.Execution;

/// <summary>Turns the passing of time into calls of what decides.</summary>
internal abstract class Dispatcher : IAsyncDisposable
{
    public abstract void Start();

    /// <summary>Asks for a call no later than a timestamp; past or <see cref="long.MinValue"/> means now. From any thread.</summary>
    public abstract void WakeBy(long timestamp);

    public abstract ValueTask DisposeAsync();

    /// <summary>The dispatcher that a clock needs: a thread of its own for the real one, the clock's own timers for a driven one.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="advance">Does what is due at a timestamp and answers when it wants to be called next.</param>
    /// <param name="failed">Told of an exception that ended the dispatcher.</param>
    public static Dispatcher For(RunClock clock, Func<long, long> advance, Action<Exception> failed) =>
        ReferenceEquals(clock.Time, TimeProvider.System)
            ? new ThreadDispatcher(clock, advance, failed)
            : new TimerDispatcher(clock, advance, failed);
}
