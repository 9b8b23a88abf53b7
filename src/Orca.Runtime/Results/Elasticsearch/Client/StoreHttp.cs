using System.Net;

namespace Orca.Results.Elasticsearch.Client;

/// <summary>Makes the HTTP client that Elasticsearch and Kibana are spoken to with.</summary>
internal static class StoreHttp
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    // Names are looked up again now and then: a cluster's nodes move.
    private static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(5);

    public static HttpClient Make(ElasticsearchOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = ConnectionLife,
        };
        if (ServerTrust.Of(options) is { } trusts)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = trusts;
        }

        var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = Credentials.Of(options);
        http.DefaultRequestHeaders.UserAgent.ParseAdd("orca/1.0");
        return http;
    }
}
