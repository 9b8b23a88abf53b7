using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Orca.Hosting.Health;

/// <summary>Live: the loops of leader and drones run.</summary>
internal sealed class LiveCheck(MemberLoops loops) : IHealthCheck
{
    public const string Name = "orca-live";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var failed = loops.Failed;
        return Task.FromResult(failed.Count == 0
            ? HealthCheckResult.Healthy($"Running: {string.Join(", ", loops.Running)}.")
            : HealthCheckResult.Unhealthy(string.Join("; ", failed.Select(loop => $"{loop.Key} failed: {loop.Value}"))));
    }
}
