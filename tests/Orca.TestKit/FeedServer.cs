using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Orca.TestKit;

/// <summary>A small v3 feed on loopback; its address is new each time, because NuGet caches answers by address.</summary>
internal sealed class FeedServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly string _folder;
    private readonly string _base;
    private readonly Task _loop;
    private readonly Dictionary<string, int> _attempts = [];
    private readonly TaskCompletionSource _ending = new();
    private int _requests;

    public FeedServer(string folder)
    {
        _folder = folder;
        var path = Guid.NewGuid().ToString("n");
        var port = FreePort();
        _base = $"http://127.0.0.1:{port}/{path}/";
        _listener.Prefixes.Add(_base);
        _listener.Start();
        _loop = ServeAsync();
    }

    public string Index => _base + "index.json";

    /// <summary>What every request is answered with, where it is set.</summary>
    public HttpStatusCode? Always { get; set; }

    /// <summary>What every package is answered with, where it is set.</summary>
    public byte[]? EveryPackage { get; set; }

    /// <summary>Of how many answers in a hundred each is a 503 instead; which ones is the same each time.</summary>
    public int Unavailable { get; set; }

    /// <summary>How long each answer takes.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>How many answers were a 503 of <see cref="Unavailable"/>.</summary>
    public int Refusals { get; private set; }

    /// <summary>The user and password, <c>user:password</c>, that every request must have, where they are set.</summary>
    public string? Credentials { get; set; }

    public int Requests => _requests;

    public string AsSource(string name = "web") => $"<add key=\"{name}\" value=\"{Index}\" allowInsecureConnections=\"true\" />";

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        _ending.TrySetResult();
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

            Interlocked.Increment(ref _requests);
            if (Credentials is { } needed && context.Request.Headers["Authorization"] != "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(needed)))
            {
                context.Response.StatusCode = 401;
                context.Response.AddHeader("WWW-Authenticate", "Basic realm=\"feed\"");
                context.Response.Close();
                continue;
            }

            if (await Task.WhenAny(Task.Delay(Delay), _ending.Task) == _ending.Task)
            {
                context.Response.Abort();
                return;
            }

            var (status, body) = Answer(context.Request.Url!.AbsoluteUri[_base.Length..]);
            context.Response.StatusCode = (int)status;
            context.Response.ContentLength64 = body.Length;
            try
            {
                await context.Response.OutputStream.WriteAsync(body);
                context.Response.Close();
            }
            catch (HttpListenerException)
            {
                // The client has gone.
            }
        }
    }

    private (HttpStatusCode Status, byte[] Body) Answer(string path)
    {
        if (Always is { } status)
        {
            return (status, []);
        }

        if (IsUnavailable(path))
        {
            Refusals++;
            return (HttpStatusCode.ServiceUnavailable, []);
        }

        if (path == "index.json")
        {
            return Json($$"""{"version":"3.0.0","resources":[{"@id":"{{_base}}flat/","@type":"PackageBaseAddress/3.0.0"}]}""");
        }

        var parts = path.Split('/');
        var files = Directory.GetFiles(_folder, "*.nupkg");
        if (parts is ["flat", var id, "index.json"])
        {
            var versions = files.Select(file => Path.GetFileNameWithoutExtension(file).ToLowerInvariant())
                .Where(name => name.StartsWith(id + ".", StringComparison.Ordinal) && char.IsDigit(name[id.Length + 1]))
                .Select(name => $"\"{name[(id.Length + 1)..]}\"").ToList();
            return versions.Count == 0 ? (HttpStatusCode.NotFound, []) : Json($$"""{"versions":[{{string.Join(",", versions)}}]}""");
        }

        var nupkg = files.FirstOrDefault(file => string.Equals(Path.GetFileName(file), parts[^1], StringComparison.OrdinalIgnoreCase));
        return nupkg is null ? (HttpStatusCode.NotFound, []) : (HttpStatusCode.OK, EveryPackage ?? File.ReadAllBytes(nupkg));
    }

    // By address and attempt, so that it does not depend on which of several requests comes first.
    private bool IsUnavailable(string path)
    {
        var attempt = _attempts[path] = _attempts.GetValueOrDefault(path) + 1;
        var draw = path.Aggregate(attempt * 7919, (hash, letter) => unchecked((hash * 31) + letter));
        return (uint)draw % 100 < Unavailable;
    }

    private static (HttpStatusCode Status, byte[] Body) Json(string text) => (HttpStatusCode.OK, Encoding.UTF8.GetBytes(text));
}
