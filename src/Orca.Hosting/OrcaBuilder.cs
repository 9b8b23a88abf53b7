using Microsoft.Extensions.DependencyInjection;

namespace Orca.Hosting;

/// <summary>Adds to a member of a swarm that a host holds.</summary>
public class OrcaBuilder
{
    internal OrcaBuilder(IServiceCollection services) => Services = services;

    /// <summary>Gets the host's services.</summary>
    public IServiceCollection Services { get; }
}
