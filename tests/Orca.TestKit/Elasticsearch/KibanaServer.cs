using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Orca.TestKit.Elasticsearch;

/// <summary>A stand-in for Kibana on loopback that imports saved objects as documented: header, form, versions, references.</summary>
internal sealed class KibanaServer : IAsyncDisposable
{
    private static readonly Version NewestVersion = new(8, 9, 0);

    private readonly int _port = FeedServer.FreePort();
    private WebApplication? _app;

    private KibanaServer()
    {
    }

    public string Url => $"http://127.0.0.1:{_port}";

    /// <summary>The objects imported, by space, type and id.</summary>
    public Dictionary<string, JsonObject> Objects { get; } = [];

    public string? Authorization { get; private set; }

    public static async Task<KibanaServer> StartAsync()
    {
        var server = new KibanaServer();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, server._port));
        server._app = builder.Build();
        server._app.MapPost("/api/saved_objects/_import", context => server.ImportAsync(context, "default"));
        server._app.MapPost("/s/{space}/api/saved_objects/_import", context => server.ImportAsync(context, (string)context.Request.RouteValues["space"]!));
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? default;

    private async Task ImportAsync(HttpContext context, string space)
    {
        Authorization = context.Request.Headers.Authorization;
        if (string.IsNullOrEmpty(context.Request.Headers["kbn-xsrf"]))
        {
            await AnswerAsync(context, 400, new() { ["statusCode"] = 400, ["error"] = "Bad Request", ["message"] = "Request must contain a kbn-xsrf header." });
            return;
        }

        var file = (await context.Request.ReadFormAsync()).Files["file"];
        if (file is null || !file.FileName.EndsWith(".ndjson", StringComparison.Ordinal))
        {
            await AnswerAsync(context, 400, new() { ["statusCode"] = 400, ["error"] = "Bad Request", ["message"] = "Invalid file extension" });
            return;
        }

        using var reader = new StreamReader(file.OpenReadStream(), Encoding.UTF8);
        List<JsonObject> objects = [.. (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
        if (objects.Find(item => Version.Parse(item["typeMigrationVersion"]?.ToString() ?? "0.0") > NewestVersion) is { } tooNew)
        {
            await AnswerAsync(context, 422, new() { ["statusCode"] = 422, ["error"] = "Unprocessable Entity", ["message"] = $"Document \"{tooNew["id"]}\" belongs to a more recent version of Kibana." });
            return;
        }

        var errors = new JsonArray();
        foreach (var item in objects)
        {
            var missing = item["references"]!.AsArray().Where(reference =>
                !objects.Exists(other => KeyOf(other) == KeyOf(reference!.AsObject())) && !Objects.ContainsKey($"{space}/{KeyOf(reference!.AsObject())}")).ToList();
            if (missing.Count > 0)
            {
                errors.Add((JsonNode)new JsonObject
                {
                    ["type"] = item["type"]!.ToString(),
                    ["id"] = item["id"]!.ToString(),
                    ["error"] = new JsonObject { ["type"] = "missing_references" },
                });
            }
            else if (context.Request.Query["overwrite"] != "true" && Objects.ContainsKey($"{space}/{KeyOf(item)}"))
            {
                errors.Add((JsonNode)new JsonObject { ["type"] = item["type"]!.ToString(), ["id"] = item["id"]!.ToString(), ["error"] = new JsonObject { ["type"] = "conflict" } });
            }
        }

        if (errors.Count == 0)
        {
            objects.ForEach(item => Objects[$"{space}/{KeyOf(item)}"] = item);
        }

        var response = new JsonObject { ["success"] = errors.Count == 0, ["successCount"] = objects.Count - errors.Count };
        if (errors.Count > 0)
        {
            response["errors"] = errors;
        }

        await AnswerAsync(context, 200, response);
    }

    private static string KeyOf(JsonObject item) => $"{item["type"]}/{item["id"]}";

    private static Task AnswerAsync(HttpContext context, int status, JsonObject body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body.ToJsonString());
    }
}
