using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orca.Hosting;

namespace Orca.Integration.Tests.Execution;

public sealed class HttpVersionTests
{
    [Theory]
    [InlineData("1.1", HttpProtocols.Http1)]
    [InlineData("2.0", HttpProtocols.Http2)]
    public async Task Request_OfAVersion_IsSentAndCounted(string version, HttpProtocols protocols)
    {
        await using var server = await StartAsync(protocols);
        var target = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

        var result = await LoadTestHost.RunOnceAsync<VersionLoadTest>(
            options =>
            {
                (options.Target, options.Iterations) = (new Uri(target), 3);
                options.Parameters["version"] = version;
            },
            TestContext.Current.CancellationToken);

        var step = result.Step("ask");
        Assert.Equal((3, 0), (step.Ok, step.Failed));
        Assert.Equal((200, 3), (step.Http!.Statuses[0].Status, step.Http.Statuses[0].Count));
    }

    private static async Task<WebApplication> StartAsync(HttpProtocols protocols)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        var app = builder.Build();
        app.MapGet("/", (Microsoft.AspNetCore.Http.HttpContext context) => context.Request.Protocol);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
