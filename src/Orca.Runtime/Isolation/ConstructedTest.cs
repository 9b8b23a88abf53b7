using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Orca.Isolation;

/// <summary>A test built for one scenario, with its services.</summary>
internal sealed class ConstructedTest(ILoadTest test, IConfiguration parameters, ILogger logger, IAsyncDisposable services) : IAsyncDisposable
{
    // Let go when disposed: whoever still holds this object must not keep the package's context alive.
    private ILoadTest? _test = test;

    public ILoadTest Test => _test ?? throw new ObjectDisposedException(nameof(ConstructedTest));

    public IConfiguration Parameters { get; } = parameters;

    public ILogger Logger { get; } = logger;

    /// <summary>Disposes the test and its services; what they throw is logged.</summary>
    public ValueTask DisposeAsync()
    {
        _test = null;
        return services.DisposeAsync();
    }
}
