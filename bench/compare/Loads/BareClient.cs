using System.Net;

namespace Orca.Compare.Loads;

/// <summary>The client of the yardsticks: shared by all users, with the settings of <c>user.Http</c>.</summary>
internal static class BareClient
{
    public static HttpClient Create() => new(new SocketsHttpHandler
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
    })
    {
        Timeout = TimeSpan.FromSeconds(30),
        DefaultRequestVersion = HttpVersion.Version11,
    };
}
