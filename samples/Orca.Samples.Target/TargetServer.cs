using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Orca.Samples.Target;

/// <summary>A system under load: HTTP endpoints and a TCP echo that count exactly what they are sent.</summary>
/// <remarks>Its members may be called from any thread.</remarks>
public sealed class TargetServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TargetLog _log;
    private readonly FreezeGate _gate;

    private TargetServer(WebApplication app, Uri http, string echo)
    {
        (_app, Http, Echo) = (app, http, echo);
        _log = app.Services.GetRequiredService<TargetLog>();
        _gate = app.Services.GetRequiredService<FreezeGate>();
    }

    /// <summary>Gets the address of the HTTP endpoints, with the port that was bound.</summary>
    public Uri Http { get; }

    /// <summary>Gets the address of the TCP echo as <c>host:port</c>.</summary>
    public string Echo { get; }

    /// <summary>Starts a target in this process.</summary>
    /// <param name="options">Where it listens. Default: free ports of 127.0.0.1.</param>
    /// <param name="ct">Gives up the start.</param>
    /// <returns>A target that answers.</returns>
    public static async Task<TargetServer> StartAsync(TargetOptions? options = null, CancellationToken ct = default)
    {
        options ??= new TargetOptions();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<TargetLog>().AddSingleton<FreezeGate>();

        // Kestrel writes the port that it bound into the listen options, hence they are kept.
        ListenOptions? http = null, echo = null;
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(LoopbackOf(options.Http), options.Http.Port, listen => http = listen);
            kestrel.Listen(IPAddress.Loopback, options.EchoPort, listen => (echo = listen).UseConnectionHandler<EchoConnectionHandler>());
        });

        var app = builder.Build();
        try
        {
            ShopEndpoints.Map(app);
            await app.StartAsync(ct);
            return new TargetServer(app, new Uri($"http://{http!.IPEndPoint}"), echo!.IPEndPoint!.ToString());
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads what the target was sent since its start or the last reset.</summary>
    public TargetReading Read() => _log.Read();

    /// <summary>Begins a new count. Requests that run meanwhile belong to the old one.</summary>
    public void Reset() => _log.Reset();

    /// <summary>Freezes the whole target for a while: what arrives meanwhile waits until the freeze ends.</summary>
    /// <param name="after">How long from now.</param>
    /// <param name="duration">For how long.</param>
    public void Freeze(TimeSpan after, TimeSpan duration) => _gate.Arm(after, duration);

    /// <summary>Completes when the process is told to end, by Ctrl-C or SIGTERM.</summary>
    public Task StoppedAsync() => _app.WaitForShutdownAsync();

    /// <summary>Stops the target; connections are closed.</summary>
    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    private static IPAddress LoopbackOf(Uri http) =>
        IPAddress.TryParse(http.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address) ? address : IPAddress.Loopback;
}
