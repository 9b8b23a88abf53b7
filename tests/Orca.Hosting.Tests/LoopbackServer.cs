using System.Net;
using Orca.TestKit;

namespace Orca.Tests.Hosting;

/// <summary>A small HTTP server: <c>/fail</c> is answered with 500, all else with the number of requests that the visitor's cookie has seen.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _loop;

    public LoopbackServer()
    {
        Address = new($"http://127.0.0.1:{FeedServer.FreePort()}/");
        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _loop = ServeAsync();
    }

    public Uri Address { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _loop;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            var visits = int.Parse(context.Request.Cookies["visits"]?.Value ?? "0") + 1;
            context.Response.StatusCode = context.Request.Url!.AbsolutePath == "/fail" ? 500 : 200;
            context.Response.AddHeader("Set-Cookie", $"visits={visits}; Path=/");
            context.Response.Close(System.Text.Encoding.UTF8.GetBytes($"Hello {visits}"), willBlock: false);
        }
    }
}
