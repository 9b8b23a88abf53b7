namespace Orca.Hosting;

/// <summary>Runs a load test in this process, for its author: no package, no swarm, and breakpoints work.</summary>
public static class LoadTestHost
{
    /// <summary>Runs a few iterations of a test, from its construction to its tear-down, on the engine that drones use. Safe for use from any thread.</summary>
    /// <typeparam name="TTest">The test; its constructor's arguments come from the same services as in a package.</typeparam>
    /// <param name="configure">Sets target, parameters, iterations and the like. Default: one iteration without a target.</param>
    /// <param name="ct">Cancelled to give up; what was set up is torn down first.</param>
    /// <returns>What it came to. What the test throws, wherever it does, is in there and is never thrown; see <see cref="RunOnceResult.EnsurePassed"/>.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public static async Task<RunOnceResult> RunOnceAsync<TTest>(Action<RunOnceOptions>? configure = null, CancellationToken ct = default)
        where TTest : class, ILoadTest
    {
        var options = new RunOnceOptions();
        configure?.Invoke(options);
        ct.ThrowIfCancellationRequested();

        // Off the caller's synchronization context, as on a drone.
        var result = await Task.Run(() => new OnceRun(typeof(TTest), options).RunAsync(ct), CancellationToken.None).ConfigureAwait(false);
        ct.ThrowIfCancellationRequested();
        return result;
    }
}
