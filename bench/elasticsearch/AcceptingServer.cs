using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Orca.Benchmarks.Elasticsearch;

/// <summary>A server in a process of its own that takes every document and forgets it, so that the sink is what is measured.</summary>
internal static class AcceptingServer
{
    private static long _documents;
    private static long _requests;
    private static long _compressed;
    private static long _plain;

    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        await using var app = builder.Build();
        app.MapPost("/{index}/_bulk", BulkAsync);
        app.MapGet("/counts", () => string.Create(CultureInfo.InvariantCulture, $"{_documents} {_requests} {_compressed} {_plain}"));
        await app.StartAsync();
        Console.WriteLine(app.Urls.First());

        // It ends with whoever started it.
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
    }

    private static async Task BulkAsync(HttpContext context)
    {
        await using var body = new GZipStream(context.Request.Body, CompressionMode.Decompress);
        using var plain = new MemoryStream();
        await body.CopyToAsync(plain);
        var count = plain.GetBuffer().AsSpan(0, (int)plain.Length).Count((byte)'\n') / 2;
        Interlocked.Add(ref _documents, count);
        Interlocked.Increment(ref _requests);
        Interlocked.Add(ref _compressed, context.Request.ContentLength ?? 0);
        Interlocked.Add(ref _plain, plain.Length);
        var response = new StringBuilder("{\"errors\":false,\"items\":[");
        for (var i = 0; i < count; i++)
        {
            response.Append(i == 0 ? "" : ",").Append("{\"create\":{\"status\":201}}");
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(response.Append("]}").ToString());
    }
}
