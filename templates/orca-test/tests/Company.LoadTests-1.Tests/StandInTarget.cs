using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Company.LoadTests_1.Tests;

/// <summary>Stands in for the system under load, on a free port of this machine.</summary>
internal sealed class StandInTarget : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StandInTarget(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public static async Task<StandInTarget> StartAsync(bool failing = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/", () => failing ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable) : Results.Text("Hello"));
        await app.StartAsync();
        return new(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
