using NuGet.Common;
using NuGet.Protocol;

namespace Orca.Packages;

/// <summary>Keeps NuGet's retries short: its resources try three times already, so one request is tried twice.</summary>
internal sealed class BoundedRetryHandler : IHttpRetryHandler
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan DownloadTimeout = TimeSpan.FromSeconds(30);

    private readonly HttpRetryHandler _inner = new();

    public Task<HttpResponseMessage> SendAsync(HttpRetryHandlerRequest request, ILogger log, CancellationToken cancellationToken) =>
        _inner.SendAsync(Bound(request), log, cancellationToken);

    public Task<HttpResponseMessage> SendAsync(HttpRetryHandlerRequest request, string sourceUri, ILogger log, CancellationToken cancellationToken) =>
        _inner.SendAsync(Bound(request), sourceUri, log, cancellationToken);

    private static HttpRetryHandlerRequest Bound(HttpRetryHandlerRequest request)
    {
        request.MaxTries = 2;
        request.RetryDelay = TimeSpan.FromMilliseconds(200);
        request.RequestTimeout = RequestTimeout;
        request.DownloadTimeout = DownloadTimeout;
        return request;
    }
}
