using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orca.Hosting.Media;

namespace Orca.Hosting.Health;

/// <summary>Ready: the members reach what they share.</summary>
internal sealed class ReadyCheck(IEnumerable<ISwarmConnector> connectors) : IHealthCheck
{
    public const string Name = "orca-ready";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var trouble = connectors.Select(connector => connector.Trouble).FirstOrDefault(problem => problem is not null);
        return Task.FromResult(trouble is null ? HealthCheckResult.Healthy("The swarm is reached.") : HealthCheckResult.Unhealthy(trouble.ToString()));
    }
}
