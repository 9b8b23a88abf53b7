namespace Orca;

/// <summary>Optional, on a class that implements <see cref="ILoadTest"/>: what is prepared once for the whole swarm.</summary>
public interface ISwarmSetup
{
    /// <summary>Prepares the target once, on one drone, before any drone's <see cref="ILoadTest.SetUpAsync"/>.</summary>
    /// <param name="context">The scenario that this test was built for.</param>
    /// <param name="ct">Cancelled after 60 s, or when the run is stopped.</param>
    /// <returns>A text that every drone then finds in <see cref="LoadTestContext.SwarmState"/>, or <see langword="null"/>.</returns>
    ValueTask<string?> SetUpSwarmAsync(LoadTestContext context, CancellationToken ct);

    /// <summary>Cleans up once, on one drone, after the last drone has finished.</summary>
    /// <param name="context">The scenario that this test was built for.</param>
    /// <param name="ct">Cancelled when the run's grace has passed.</param>
    ValueTask TearDownSwarmAsync(LoadTestContext context, CancellationToken ct);
}
