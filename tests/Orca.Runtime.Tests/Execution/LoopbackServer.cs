using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Orca.Tests.Execution;

/// <summary>An HTTP/1.1 server of a few lines: answers come from a delegate as raw text, null breaks the connection.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<LoopbackRequest, string?> _answer;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private readonly List<LoopbackRequest> _requests = [];
    private readonly bool _answersOnce;
    private int _connections;

    public LoopbackServer(Func<LoopbackRequest, string?> answer, bool answersOnce = false)
    {
        (_answer, _answersOnce) = (answer, answersOnce);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public int Connections => Volatile.Read(ref _connections);

    public IReadOnlyList<LoopbackRequest> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public static string Ok(string body, string headers = "") =>
        $"HTTP/1.1 200 OK\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{headers}\r\n{body}";

    public static string Redirect(int status, string location, string headers = "") =>
        $"HTTP/1.1 {status} See\r\nLocation: {location}\r\nContent-Length: 0\r\n{headers}\r\n";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _connections);

                // Not begun here: an answer may wait for a request on a connection that has not been accepted yet.
                serving.Add(Task.Run(() => ServeAsync(client)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }

        await Task.WhenAll(serving);
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            var stream = client.GetStream();
            while (await ReadAsync(stream) is { } request)
            {
                lock (_requests)
                {
                    _requests.Add(request);
                }

                if (_answer(request) is not { } answer)
                {
                    return;
                }

                await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), _stop.Token);
                if (_answersOnce)
                {
                    return;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
        }
    }

    private async Task<LoopbackRequest?> ReadAsync(NetworkStream stream)
    {
        if (await ReadToAsync(stream, "\r\n\r\n") is not { } head)
        {
            return null;
        }

        var lines = head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines[1..].Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        var body = new byte[headers.TryGetValue("Content-Length", out var length) ? int.Parse(length) : 0];
        await stream.ReadExactlyAsync(body, _stop.Token);
        if (headers.ContainsKey("Transfer-Encoding"))
        {
            // Its chunks' sizes are part of it: no test looks into it.
            body = Encoding.UTF8.GetBytes(await ReadToAsync(stream, "\r\n0\r\n\r\n") ?? "");
        }

        var words = lines[0].Split(' ');
        return new LoopbackRequest(words[0], words[1], headers, Encoding.UTF8.GetString(body));
    }

    private async Task<string?> ReadToAsync(NetworkStream stream, string end)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (text.Length < end.Length || text.ToString(text.Length - end.Length, end.Length) != end)
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
            {
                return null;
            }

            text.Append((char)one[0]);
        }

        return text.ToString();
    }
}
