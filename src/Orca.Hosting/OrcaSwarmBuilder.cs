using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orca.Results;

namespace Orca.Hosting;

/// <summary>Adds to a swarm that a host holds.</summary>
public sealed class OrcaSwarmBuilder
{
    internal OrcaSwarmBuilder(IServiceCollection services) => Services = services;

    /// <summary>Gets the host's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Adds a sink beside the console and the files; adding the same type twice changes nothing.</summary>
    /// <typeparam name="TSink">The sink; its constructor's arguments come from the host's services.</typeparam>
    /// <returns>This builder.</returns>
    public OrcaSwarmBuilder AddSink<TSink>()
        where TSink : class, IRunSink
    {
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IRunSink, TSink>());
        return this;
    }
}
