using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Orca.Tests.Hosting;

/// <summary>The one public startup of this assembly.</summary>
public sealed class GreetingStartup : ILoadTestStartup
{
    public void ConfigureServices(IServiceCollection services, IConfiguration parameters) =>
        services.AddSingleton(new Greeting($"Hello {parameters["name"]}"));
}
