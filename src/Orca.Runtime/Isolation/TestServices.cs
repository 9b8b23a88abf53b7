using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Orca.Isolation;

/// <summary>A constructed test with the services that it was built from; disposes the test first, and never throws.</summary>
internal sealed class TestServices(string name, ServiceProvider services, ILogger logger) : IAsyncDisposable
{
    private ServiceProvider? _services = services;
    private ILoadTest? _test;

    public void Own(ILoadTest test) => _test = test;

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
            IsolationLog.TestDisposalFailed(logger, name, e);
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
            IsolationLog.ServicesDisposalFailed(logger, name, e);
        }
    }
}
