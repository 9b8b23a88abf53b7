using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Orca.Isolation;

/// <summary>The services of one scenario's test, and the test built from them; disposes the test first, and never throws in that.</summary>
internal sealed class TestServices : IAsyncDisposable
{
    private readonly string _name;
    private readonly IConfiguration _parameters;
    private readonly ILogger _logger;
    private ServiceProvider? _services;
    private ILoadTest? _test;

    private TestServices(string name, IConfiguration parameters, ILogger logger, ServiceProvider services) =>
        (_name, _parameters, _logger, _services) = (name, parameters, logger, services);

    /// <summary>Gathers what every test may ask for, then what the startup registers, then more; throws what the startup throws.</summary>
    public static TestServices Build(
        string name, Type test, Type? startup, IConfiguration parameters, TimeProvider clock, ILoggerFactory loggers, IEnumerable<ServiceDescriptor>? more = null)
    {
        IServiceCollection registered = new ServiceCollection()
            .AddSingleton(loggers)
            .AddSingleton(typeof(ILogger<>), typeof(Logger<>))
            .AddSingleton(parameters)
            .AddSingleton(clock);
        if (startup is not null)
        {
            ((ILoadTestStartup)Create(startup)).ConfigureServices(registered, parameters);
        }

        foreach (var service in more ?? [])
        {
            registered.Add(service);
        }

        return new(name, parameters, loggers.CreateLogger(test.FullName!), registered.BuildServiceProvider());
    }

    /// <summary>Constructs the test, once; throws what its constructor throws.</summary>
    public ConstructedTest Construct(Type test)
    {
        _test = (ILoadTest)ActivatorUtilities.CreateInstance(_services!, test);
        return new(_test, _parameters, _logger, this);
    }

    public async ValueTask DisposeAsync()
    {
        var (test, services) = (Interlocked.Exchange(ref _test, null), Interlocked.Exchange(ref _services, null));
        try
        {
            switch (test)
            {
                case IAsyncDisposable disposable:
                    await disposable.DisposeAsync();
                    break;
                case IDisposable disposable:
                    disposable.Dispose();
                    break;
                default:
                    break;
            }
        }
        catch (Exception e)
        {
            IsolationLog.TestDisposalFailed(_logger, _name, e);
        }

        try
        {
            if (services is not null)
            {
                await services.DisposeAsync();
            }
        }
        catch (Exception e)
        {
            IsolationLog.ServicesDisposalFailed(_logger, _name, e);
        }
    }

    private static object Create(Type type) =>
        Activator.CreateInstance(type, BindingFlags.Public | BindingFlags.Instance | BindingFlags.DoNotWrapExceptions, null, null, null)!;
}
