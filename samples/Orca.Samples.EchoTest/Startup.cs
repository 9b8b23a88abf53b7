using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Orca.Samples.EchoTest;

/// <summary>Registers what the tests of this package take by constructor injection.</summary>
public sealed class Startup : ILoadTestStartup
{
    public void ConfigureServices(IServiceCollection services, IConfiguration parameters) =>
        services.AddSingleton<ShopJson>();
}
