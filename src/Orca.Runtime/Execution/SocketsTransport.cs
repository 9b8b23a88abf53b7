using Orca.Plans;

namespace Orca.Execution;

/// <summary>.NET's own client: one pool of connections, or as many as the plan's <c>connections</c> says.</summary>
internal sealed class SocketsTransport(ConnectionMode mode) : HttpTransport
{
    private readonly Lazy<HttpMessageInvoker> _shared = new(Open);

    public override bool IsPerIteration => mode == ConnectionMode.PerIteration;

    public override HttpMessageInvoker Connect() => mode == ConnectionMode.Shared ? _shared.Value : Open();

    public override void Disconnect(HttpMessageInvoker connection)
    {
        if (mode != ConnectionMode.Shared)
        {
            connection.Dispose();
        }
    }

    public override void Dispose()
    {
        if (_shared.IsValueCreated)
        {
            _shared.Value.Dispose();
        }
    }

    private static HttpMessageInvoker Open() => new(
        new SocketsHttpHandler
        {
            // Cookies and redirects belong to a user, so its own handler sees to them; headers that nobody asked for cost time.
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
        },
        disposeHandler: true);
}
