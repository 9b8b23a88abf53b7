using Microsoft.Extensions.Logging;

namespace Orca.Execution;

/// <summary>Calls the hooks of a scenario's test outside the load, and gives up those that do not come back in time.</summary>
internal sealed class TestHooks(ScenarioLoad load, ILogger logger)
{
    private const int AtOnce = 64;

    public Task<Problem?> SetUpAsync(CancellationToken ct) =>
        CallAsync(nameof(ILoadTest.SetUpAsync), load.Test.SetUpAsync, ct);

    public Task<Problem?> TearDownAsync(CancellationToken ct) =>
        CallAsync(nameof(ILoadTest.TearDownAsync), load.Test.TearDownAsync, ct);

    /// <summary>Starts users; the first problem ends it.</summary>
    public Task<Problem?> StartUsersAsync(IReadOnlyList<SimulatedUser> users, CancellationToken ct) =>
        ForEachAsync(nameof(ILoadTest.StartUserAsync), users, StartUserAsync, stopAtProblem: true, ct);

    /// <summary>Stops the users that were started, all of them; the first problem is returned.</summary>
    public Task<Problem?> StopUsersAsync(IReadOnlyList<SimulatedUser> users, CancellationToken ct) =>
        ForEachAsync(nameof(ILoadTest.StopUserAsync), users, StopUserAsync, stopAtProblem: false, ct);

    private async Task<Problem?> StartUserAsync(SimulatedUser user, CancellationToken ct)
    {
        try
        {
            await GiveUpAtAsync(load.Test.StartUserAsync(user, ct), ct);
            user.IsStarted = true;
            load.Recorder.UsersStarted();
            return null;
        }
        catch (Exception e)
        {
            return Failed(nameof(ILoadTest.StartUserAsync), e, ct);
        }
    }

    private async Task<Problem?> StopUserAsync(SimulatedUser user, CancellationToken ct)
    {
        if (!user.IsStarted)
        {
            user.Release();
            return null;
        }

        user.IsStarted = false;
        try
        {
            await GiveUpAtAsync(load.Test.StopUserAsync(user, ct), ct);
            return null;
        }
        catch (Exception e)
        {
            return Failed(nameof(ILoadTest.StopUserAsync), e, ct);
        }
        finally
        {
            load.Recorder.UsersStopped();
            user.Release();
        }
    }

    private async Task<Problem?> CallAsync(string hook, Func<LoadTestContext, CancellationToken, ValueTask> call, CancellationToken ct)
    {
        try
        {
            await ApartAsync(() => call(load.Context, ct).AsTask()).WaitAsync(ct);
            return null;
        }
        catch (Exception e)
        {
            return Failed(hook, e, ct);
        }
    }

    private async Task<Problem?> ForEachAsync(
        string hook, IReadOnlyList<SimulatedUser> users, Func<SimulatedUser, CancellationToken, Task<Problem?>> call, bool stopAtProblem, CancellationToken ct)
    {
        if (users.Count == 0)
        {
            return null;
        }

        Problem? first = null;
        var next = -1;
        async Task WorkAsync()
        {
            for (int i; (i = Interlocked.Increment(ref next)) < users.Count && !(stopAtProblem && first is not null);)
            {
                if (await call(users[i], ct) is { } problem)
                {
                    Interlocked.CompareExchange(ref first, problem, null);
                }
            }
        }

        try
        {
            await Task.WhenAll(Enumerable.Range(0, Math.Min(AtOnce, users.Count)).Select(_ => ApartAsync(WorkAsync))).WaitAsync(ct);
        }
        catch (OperationCanceledException e)
        {
            Interlocked.CompareExchange(ref first, Failed(hook, e, ct), null);
        }

        return first;
    }

    // A hook may block its thread, which must not be the one that gives it up. Under a driven clock all stays on one thread.
    private Task ApartAsync(Func<Task> call) =>
        ReferenceEquals(load.Run.Clock.Time, TimeProvider.System) ? Task.Run(call) : call();

    private static ValueTask GiveUpAtAsync(ValueTask hook, CancellationToken ct) =>
        hook.IsCompleted ? hook : new ValueTask(hook.AsTask().WaitAsync(ct));

    private Problem Failed(string hook, Exception exception, CancellationToken ct)
    {
        ExecutionLog.HookFailed(logger, exception, hook, load.Scenario.Name);
        var what = $"{hook} of scenario '{load.Scenario.Name}' (test '{load.Scenario.Test}')";
        return exception is OperationCanceledException && ct.IsCancellationRequested
            ? new Problem($"{what} had not ended when its time was over or the run was stopped.")
            {
                Advice = "Let it observe its cancellation token, or raise the plan's setUpTimeout or grace.",
            }
            : new Problem($"{what} failed with {exception.GetType().Name}: {exception.Message}")
            {
                Advice = "The drone's log has the stack trace.",
            };
    }
}
