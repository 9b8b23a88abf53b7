using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Orca.Bench;

/// <summary>A target that notes when the first request came.</summary>
internal sealed class FirstRequest : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _serving;
    private long _began;
    private long _first;

    public FirstRequest()
    {
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _serving = ServeAsync();
    }

    public Uri Url { get; }

    /// <summary>The time from <see cref="Expect"/> to the first request after it.</summary>
    public TimeSpan After => Stopwatch.GetElapsedTime(_began, Volatile.Read(ref _first));

    public void Expect() => (_began, _first) = (Stopwatch.GetTimestamp(), 0);

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var (buffer, stream) = (new byte[4096], client.GetStream());
                while (await stream.ReadAsync(buffer) > 0)
                {
                    Interlocked.CompareExchange(ref _first, Stopwatch.GetTimestamp(), 0);
                    await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\nHello, World!"u8.ToArray());
                }
            }
            catch (IOException)
            {
                // The client has gone.
            }
        }
    }
}
