using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Orca;

/// <summary>Optional, one in a package: registers the services that the package's tests take by constructor injection.</summary>
/// <remarks>Needs a public parameterless constructor. The services live as long as one scenario's test does, and are disposed with it.</remarks>
public interface ILoadTestStartup
{
    /// <summary>Adds services; called once on each drone, for each scenario.</summary>
    /// <param name="services">Where to add them. <c>ILogger&lt;T&gt;</c>, <see cref="IConfiguration"/> and <see cref="TimeProvider"/> are there already.</param>
    /// <param name="parameters">The scenario's parameters.</param>
    void ConfigureServices(IServiceCollection services, IConfiguration parameters);
}
