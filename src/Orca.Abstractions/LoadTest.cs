namespace Orca;

/// <summary>A load test whose users each have a state of their own, made when the user starts and handed to each hook.</summary>
/// <typeparam name="TState">What one user keeps between iterations.</typeparam>
public abstract class LoadTest<TState> : ILoadTest
    where TState : class
{
    /// <inheritdoc cref="ILoadTest.SetUpAsync"/>
    public virtual ValueTask SetUpAsync(LoadTestContext context, CancellationToken ct) => default;

    /// <summary>Makes one user's state; called once for each virtual user.</summary>
    /// <param name="user">The user that starts.</param>
    /// <param name="ct">Cancelled when the run is stopped and its grace has passed.</param>
    protected abstract ValueTask<TState> StartUserAsync(VirtualUser user, CancellationToken ct);

    /// <summary>Does one iteration: one piece of simulated use.</summary>
    /// <param name="user">The user that does it.</param>
    /// <param name="state">The user's state.</param>
    /// <param name="ct">Cancelled when the run is over and its grace has passed.</param>
    protected abstract ValueTask RunAsync(VirtualUser user, TState state, CancellationToken ct);

    /// <summary>Releases what one user holds; called once for each user that was started.</summary>
    /// <param name="user">The user that stops.</param>
    /// <param name="state">The user's state.</param>
    /// <param name="ct">Cancelled when the run's grace has passed.</param>
    protected virtual ValueTask StopUserAsync(VirtualUser user, TState state, CancellationToken ct) => default;

    /// <inheritdoc cref="ILoadTest.TearDownAsync"/>
    public virtual ValueTask TearDownAsync(LoadTestContext context, CancellationToken ct) => default;

    async ValueTask ILoadTest.StartUserAsync(VirtualUser user, CancellationToken ct) =>
        user.State = await StartUserAsync(user, ct).ConfigureAwait(false);

    ValueTask ILoadTest.RunAsync(VirtualUser user, CancellationToken ct) =>
        RunAsync(user, (TState)user.State!, ct);

    ValueTask ILoadTest.StopUserAsync(VirtualUser user, CancellationToken ct) =>
        user.State is TState state ? StopUserAsync(user, state, ct) : default;
}
