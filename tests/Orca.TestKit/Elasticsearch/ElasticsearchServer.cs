using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Orca.TestKit.Elasticsearch;

/// <summary>A strict stand-in for Elasticsearch on loopback: it follows the documented behaviour of what Orca uses, and goes wrong where told.</summary>
internal sealed class ElasticsearchServer : IAsyncDisposable
{
    private static readonly string[] MediaTypes = ["application/json", "application/x-ndjson", "application/vnd.elasticsearch+json", "application/vnd.elasticsearch+x-ndjson"];

    private readonly ElasticsearchServerOptions _options;
    private readonly int _port = FeedServer.FreePort();
    private readonly CancellationTokenSource _gone = new();
    private WebApplication? _app;
    private int _bulkCalls;
    private long _bytes;

    private ElasticsearchServer(ElasticsearchServerOptions options) => (_options, State) = (options, new(options.IsOpenSearch));

    public string Url => $"{(_options.Certificate is null ? "http" : "https")}://127.0.0.1:{_port}";

    public ElasticsearchState State { get; }

    /// <summary>What goes wrong with each bulk request, null for nothing.</summary>
    public Func<BulkCall, BulkFault?>? Fault { get; set; }

    public int BulkCalls => _bulkCalls;

    /// <summary>Bytes of bulk requests as they came, compressed or not.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Whether every bulk request came compressed.</summary>
    public bool AllCompressed { get; private set; } = true;

    /// <summary>Starts one that answers.</summary>
    public static async Task<ElasticsearchServer> StartAsync(ElasticsearchServerOptions? options = null)
    {
        var server = Make(options);
        await server.ComeUpAsync();
        return server;
    }

    /// <summary>Makes one that is down: its address refuses connections.</summary>
    public static ElasticsearchServer Make(ElasticsearchServerOptions? options = null) => new(options ?? new());

    public async Task ComeUpAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseShutdownTimeout(TimeSpan.Zero);
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, _port, listen =>
            {
                if (_options.Certificate is { } certificate)
                {
                    listen.UseHttps(certificate);
                }
            });
        });
        _app = builder.Build();
        _app.Run(HandleAsync);
        await _app.StartAsync();
    }

    public async Task GoDownAsync()
    {
        if (_app is { } app)
        {
            _app = null;
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await GoDownAsync();
        _gone.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        context.Response.Headers["X-Elastic-Product"] = "Elasticsearch";
        try
        {
            if (_options.Authorization is { } authorization && context.Request.Headers.Authorization != authorization)
            {
                context.Response.Headers.WWWAuthenticate = "ApiKey";
                throw new ElasticsearchError(401, "security_exception", $"missing authentication credentials for REST request [{context.Request.Path}]");
            }

            var path = context.Request.Path.Value!.Trim('/').Split('/');
            if (path is [.., "_bulk"])
            {
                await BulkAsync(context, path[0]);
                return;
            }

            var body = await BodyAsync(context.Request);
            await AnswerAsync(context, 200, Route(context.Request.Method, path, body));
        }
        catch (ElasticsearchError error)
        {
            await AnswerAsync(context, error.Status, error.Body);
        }
    }

    private async Task BulkAsync(HttpContext context, string index)
    {
        var number = Interlocked.Increment(ref _bulkCalls);
        if (Fault?.Invoke(new(number, index, [])) is { BreaksInRequest: true })
        {
            // A part of the body is read, then the connection is reset.
            await context.Request.Body.ReadAtLeastAsync(new byte[64], 64, throwOnEndOfStream: false, _gone.Token);
            context.Abort();
            return;
        }

        Interlocked.Add(ref _bytes, context.Request.ContentLength ?? 0);
        AllCompressed &= context.Request.Headers.ContentEncoding == "gzip";
        var requiresStream = context.Request.Query["require_data_stream"] == "true";
        if (requiresStream && _options.IsOpenSearch)
        {
            throw new ElasticsearchError(400, "illegal_argument_exception", $"request [/{index}/_bulk] contains unrecognized parameter: [require_data_stream]");
        }

        var request = new BulkRequest(index, await BodyAsync(context.Request));
        var fault = Fault?.Invoke(new(number, index, request.Ids));
        if (fault?.Status is { } status)
        {
            throw new ElasticsearchError(status, status == 429 ? "es_rejected_execution_exception" : "injected_exception", "injected");
        }

        var response = request.Apply(State, requiresStream, fault?.Item);
        if (fault is { NeverAnswers: true })
        {
            using var left = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _gone.Token);
            await Task.Delay(Timeout.Infinite, left.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            context.Abort();
            return;
        }

        if (fault is { BreaksInResponse: true })
        {
            context.Response.ContentLength = 1000;
            context.Response.ContentType = MediaTypes[0];
            await context.Response.WriteAsync("{\"errors\":false,\"items\":[{\"cre", _gone.Token);
            await context.Response.Body.FlushAsync(_gone.Token);
            context.Abort();
            return;
        }

        await AnswerAsync(context, 200, response);
    }

    private JsonNode Route(string method, string[] path, ReadOnlyMemory<byte> body)
    {
        var acknowledged = new JsonObject { ["acknowledged"] = true };
        switch (method, path)
        {
            case ("GET", [""]):
                return Root();
            case ("PUT", ["_component_template", var component]):
                State.PutComponent(component, Parse(body));
                return acknowledged;
            case ("PUT", ["_index_template", var template]):
                State.PutTemplate(template, Parse(body));
                return acknowledged;
            case ("GET", ["_index_template", var template]):
                return new JsonObject
                {
                    ["index_templates"] = new JsonArray(new JsonObject
                    {
                        ["name"] = template,
                        ["index_template"] = State.Template(template)
                            ?? throw new ElasticsearchError(404, "resource_not_found_exception", $"index template matching [{template}] not found"),
                    }),
                };
            case ("POST", ["_index_template", "_simulate_index", var index]):
                return State.Simulate(index);
            case ("PUT", ["_data_stream", var stream]):
                State.MakeStream(stream);
                return acknowledged;
            case ("PUT", ["_data_stream", var stream, "_lifecycle"]) when !_options.IsOpenSearch:
                return State.HasStream(stream) && Parse(body).ContainsKey("data_retention") ? acknowledged : throw Unknown(method, path);
            case ("POST", [var stream, "_rollover"]):
                State.RollOver(stream);
                return acknowledged;
            case ("POST", [var pattern, "_search"]):
                using (var request = JsonDocument.Parse(body))
                {
                    return SearchRequest.Run(State.Search(pattern), request.RootElement);
                }

            case ("POST", [_, "_refresh"]):
                return acknowledged;
            case ("PUT", [var index]) when !index.StartsWith('_'):
                State.MakeIndex(index);
                return acknowledged;
            default:
                throw Unknown(method, path);
        }
    }

    private JsonObject Root()
    {
        if (_options.HidesVersion)
        {
            throw new ElasticsearchError(403, "security_exception", "action [cluster:monitor/main] is unauthorized");
        }

        var version = new JsonObject { ["number"] = _options.Version };
        if (_options.IsOpenSearch)
        {
            version["distribution"] = "opensearch";
        }

        return new() { ["name"] = "stand-in", ["version"] = version, ["tagline"] = "You Know, for Search" };
    }

    private async Task<ReadOnlyMemory<byte>> BodyAsync(HttpRequest request)
    {
        if (request.ContentType is not { } type)
        {
            return request.ContentLength > 0 ? throw new ElasticsearchError(406, "media_type_header_exception", "Content-Type header is missing") : default(ReadOnlyMemory<byte>);
        }

        if (!MediaTypes.Contains(type.Split(';')[0]))
        {
            throw new ElasticsearchError(406, "media_type_header_exception", $"Content-Type header [{type}] is not supported");
        }

        if (request.ContentLength is null)
        {
            throw new ElasticsearchError(411, "parse_exception", "a body of known length is expected");
        }

        var target = new MemoryStream();
        if (request.Headers.ContentEncoding == "gzip")
        {
            await using var plain = new GZipStream(request.Body, CompressionMode.Decompress);
            await plain.CopyToAsync(target, _gone.Token);
        }
        else
        {
            await request.Body.CopyToAsync(target, _gone.Token);
        }

        return target.Length > _options.MostBytes ? throw new ElasticsearchError(413, "content_too_long", "the body is too long") : target.GetBuffer().AsMemory(0, (int)target.Length);
    }

    private async Task AnswerAsync(HttpContext context, int status, JsonNode body)
    {
        var text = FilterPath.Apply(body, status == 200 ? context.Request.Query["filter_path"].ToString() : null).ToJsonString();
        context.Response.StatusCode = status;
        context.Response.ContentType = MediaTypes[0];
        await context.Response.WriteAsync(text, _gone.Token);
    }

    private static JsonObject Parse(ReadOnlyMemory<byte> body) =>
        JsonNode.Parse(body.Span) as JsonObject ?? throw new ElasticsearchError(400, "parse_exception", "an object is expected");

    private static ElasticsearchError Unknown(string method, string[] path) =>
        new(400, "illegal_argument_exception", $"no handler found for uri [/{string.Join('/', path)}] and method [{method}]");
}
