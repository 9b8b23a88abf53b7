using System.Net;
using Orca.TestKit;

namespace Orca.PackageBench;

/// <summary>A web server on loopback that notes when the first request has come.</summary>
internal sealed class FirstRequest : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly TaskCompletionSource<long> _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _serving;

    public FirstRequest()
    {
        Address = $"http://127.0.0.1:{FeedServer.FreePort()}/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address { get; }

    /// <summary>The timestamp of the first request.</summary>
    public Task<long> Arrived => _arrived.Task;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                _arrived.TrySetResult(TimeProvider.System.GetTimestamp());
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Nobody asks any more.
        }
    }
}
