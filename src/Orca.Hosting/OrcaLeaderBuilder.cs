using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orca.Results;

namespace Orca.Hosting;

/// <summary>Adds to a leader that a host holds.</summary>
public sealed class OrcaLeaderBuilder : OrcaBuilder
{
    internal OrcaLeaderBuilder(IServiceCollection services)
        : base(services)
    {
    }

    /// <summary>Adds a sink beside the console and the files; adding the same type twice changes nothing.</summary>
    /// <typeparam name="TSink">The sink; its constructor's arguments come from the host's services.</typeparam>
    /// <returns>This builder.</returns>
    public OrcaLeaderBuilder AddSink<TSink>()
        where TSink : class, IRunSink
    {
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IRunSink, TSink>());
        return this;
    }

    /// <summary>Adds a sink beside the console and the files; one of the same type that is already there stays alone.</summary>
    /// <typeparam name="TSink">The sink's type.</typeparam>
    /// <param name="create">Makes it, from the host's services.</param>
    /// <returns>This builder.</returns>
    public OrcaLeaderBuilder AddSink<TSink>(Func<IServiceProvider, TSink> create)
        where TSink : class, IRunSink
    {
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IRunSink, TSink>(create));
        return this;
    }
}
