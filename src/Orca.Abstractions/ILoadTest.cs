namespace Orca;

/// <summary>A load test: what one simulated customer does, over and over.</summary>
/// <remarks>
/// A test is built once on a drone for each scenario that uses it, by constructor injection, and serves all users of
/// that scenario at once: its fields are shared between users, and its members are called from many threads.
/// What belongs to one user lives in <see cref="VirtualUser.State"/>, or in <see cref="LoadTest{TState}"/>.
/// </remarks>
public interface ILoadTest
{
    /// <summary>Prepares the test; called once on each drone, for each scenario, before any user starts.</summary>
    /// <param name="context">The scenario that this test was built for.</param>
    /// <param name="ct">Cancelled when the plan's <c>setUpTimeout</c> (60 s unless set) has passed, or the run is stopped.</param>
    /// <remarks>An exception takes this drone out of the run before the run starts.</remarks>
    ValueTask SetUpAsync(LoadTestContext context, CancellationToken ct) => default;

    /// <summary>Prepares one virtual user, for example by logging in; called once for each virtual user.</summary>
    /// <param name="user">The user that starts.</param>
    /// <param name="ct">Cancelled when the run is stopped and its grace has passed.</param>
    /// <remarks>An exception fails the arrival that the user was made for; under closed load the user tries again after 1 s.</remarks>
    ValueTask StartUserAsync(VirtualUser user, CancellationToken ct) => default;

    /// <summary>Does one iteration: one piece of simulated use.</summary>
    /// <param name="user">The user that does it.</param>
    /// <param name="ct">Cancelled when the run is over and its grace has passed.</param>
    /// <remarks>An exception fails the iteration, with the exception's type as the error kind; the user goes on with its next one.</remarks>
    ValueTask RunAsync(VirtualUser user, CancellationToken ct);

    /// <summary>Releases what one virtual user holds; called once for each user that was started.</summary>
    /// <param name="user">The user that stops.</param>
    /// <param name="ct">Cancelled when the run's grace has passed.</param>
    ValueTask StopUserAsync(VirtualUser user, CancellationToken ct) => default;

    /// <summary>Releases what the test holds; called once on each drone, for each scenario, after all users have stopped.</summary>
    /// <param name="context">The scenario that this test was built for.</param>
    /// <param name="ct">Cancelled when the run's grace has passed.</param>
    ValueTask TearDownAsync(LoadTestContext context, CancellationToken ct) => default;
}
