using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Orca.Isolation;

/// <summary>A test built for one scenario, with its services.</summary>
internal sealed class ConstructedTest(ILoadTest test, IConfiguration parameters, ILogger logger, IAsyncDisposable services) : IAsyncDisposable
{
    public ILoadTest Test { get; } = test;

    public IConfiguration Parameters { get; } = parameters;

    public ILogger Logger { get; } = logger;

    /// <summary>Disposes the test and its services.</summary>
    public ValueTask DisposeAsync() => services.DisposeAsync();
}
