using System.Buffers;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orca.Results.Elasticsearch.Documents;

namespace Orca.Results.Elasticsearch.Client;

/// <summary>Speaks to Elasticsearch and OpenSearch over HTTP, with media types that all of their versions take.</summary>
internal sealed class HttpStoreClient : IStoreClient
{
    private const string Json = "application/json";
    private const string NewlineJson = "application/x-ndjson";
    private const string BulkFilter = "errors,items.*.status,items.*.error.type,items.*.error.reason,items.*.failure_store";

    private readonly ElasticsearchOptions _options;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http;
    private readonly NodePool _nodes;

    // OpenSearch and old servers do not know the parameter; the first answer tells.
    private volatile bool _requiresStreams = true;

    public HttpStoreClient(ElasticsearchOptions options, TimeProvider clock)
    {
        (_options, _clock) = (options, clock);
        var nodes = ElasticsearchRules.AddressesOf(options.Url);
        Address = string.Join(", ", nodes.Select(node => node.GetLeftPart(UriPartial.Path).TrimEnd('/')));
        _nodes = new(nodes, clock);
        _http = StoreHttp.Make(options);
    }

    public string Address { get; }

    public async Task<BulkReply> BulkAsync(string index, IReadOnlyList<StoreEntry> entries, CancellationToken ct)
    {
        var asksForStream = _requiresStreams && IndexNames.IsStream(index);
        var path = $"{index}/_bulk?filter_path={BulkFilter}{(asksForStream ? "&require_data_stream=true" : "")}";
        var answer = await SendAsync(HttpMethod.Post, path, BodyOf(entries), NewlineJson, ct);
        if (asksForStream && answer.Status == 400 && answer.Text.Contains("require_data_stream", StringComparison.Ordinal))
        {
            _requiresStreams = false;
            return await BulkAsync(index, entries, ct);
        }

        return ReplyOf(answer, entries.Count);
    }

    public async Task<IReadOnlySet<string>?> FindAsync(string stream, IReadOnlyList<string> ids, CancellationToken ct)
    {
        var query = new JsonObject
        {
            ["size"] = ids.Count,
            ["_source"] = false,
            ["query"] = new JsonObject { ["ids"] = new JsonObject { ["values"] = new JsonArray([.. ids.Select(id => (JsonNode)id)]) } },
        };
        var answer = await CallAsync(HttpMethod.Post, $"{stream}/_search?filter_path=hits.hits._id", query, ct);
        if (!answer.IsGood)
        {
            // A stream that is not there has nothing; one that may not be searched is sent to as if it had nothing. All else is for later.
            return answer.Failure is null && answer.Status is >= 400 and < 500 and not (408 or 429) ? new HashSet<string>() : null;
        }

        try
        {
            var found = JsonSerializer.Deserialize(answer.Body.Span, ClientJsonContext.Default.FoundResponse);
            return (found?.Hits?.Hits ?? []).Select(hit => hit.Id).ToHashSet(StringComparer.Ordinal);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public Task<StoreAnswer> CallAsync(HttpMethod method, string path, JsonNode? body, CancellationToken ct) =>
        SendAsync(method, path, body is null ? null : Encoding.UTF8.GetBytes(body.ToJsonString()), Json, ct);

    public void Dispose() => _http.Dispose();

    private static ReadOnlyMemory<byte> BodyOf(IReadOnlyList<StoreEntry> entries)
    {
        var body = new ArrayBufferWriter<byte>(entries.Sum(entry => entry.Lines.Length));
        foreach (var entry in entries)
        {
            body.Write(entry.Lines.Span);
        }

        return body.WrittenMemory;
    }

    private static BulkReply ReplyOf(StoreAnswer answer, int count)
    {
        var outcome = answer switch
        {
            { Failure: not null, MayHaveArrived: true } => BulkOutcome.Unknown,
            { Failure: not null } => BulkOutcome.Unavailable,
            { Status: 200 } => BulkOutcome.Answered,
            { Status: 429 } => BulkOutcome.Throttled,
            { Status: 413 } => BulkOutcome.TooLarge,
            { Status: 400 } => BulkOutcome.Malformed,
            { Status: 504 } => BulkOutcome.Unknown,
            { Status: >= 500 } => BulkOutcome.Unavailable,
            { Status: 408 } => BulkOutcome.Unknown,
            _ => BulkOutcome.Refused,
        };
        if (outcome != BulkOutcome.Answered)
        {
            return new(outcome, [], answer.Text);
        }

        // An answer that does not go with the request says nothing about it.
        return ItemsOf(answer.Body) is { } items && items.Count == count
            ? new(outcome, items, answer.Text)
            : new(BulkOutcome.Unknown, [], "an answer that has not one result for each document");
    }

    private static List<BulkItem>? ItemsOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            var response = JsonSerializer.Deserialize(body.Span, ClientJsonContext.Default.BulkResponse);
            return response?.Items?.Select(item => item.Values.First())
                .Select(item => new BulkItem(item.Status, item.Error?.Type, item.Error?.Reason, item.FailureStore == "used")).ToList();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private async Task<StoreAnswer> SendAsync(HttpMethod method, string path, ReadOnlyMemory<byte>? body, string mediaType, CancellationToken ct)
    {
        StoreAnswer answer = default;
        for (var tried = 0; tried < _nodes.Count; tried++)
        {
            var (number, address) = _nodes.Take();
            answer = await SendToAsync(address, method, path, body, mediaType, ct);
            if (answer.Failure is null && answer.Status is not (502 or 503))
            {
                _nodes.Answered(number);
                return answer;
            }

            // What may have been carried out is for the caller to judge; all else the next node may do at once.
            _nodes.Failed(number);
            if (answer.MayHaveArrived)
            {
                return answer;
            }
        }

        return answer;
    }

    private async Task<StoreAnswer> SendToAsync(Uri node, HttpMethod method, string path, ReadOnlyMemory<byte>? body, string mediaType, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(_options.RequestTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        using var request = new HttpRequestMessage(method, new Uri(node, path));
        request.Headers.Accept.ParseAdd(Json);
        if (body is { } content)
        {
            request.Content = ContentOf(content, mediaType);
        }

        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
            return new((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(either.Token));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(0, default, $"no answer from {node.Authority} within {_options.RequestTimeout.TotalSeconds:0.#} s", MayHaveArrived: true);
        }
        catch (HttpRequestException error)
        {
            var reason = error.InnerException is { } inner && error.HttpRequestError == HttpRequestError.SecureConnectionError ? inner.Message : error.Message;
            return new(0, default, $"{node.Authority}: {reason}", MayHaveArrived: !IsBeforeSending(error.HttpRequestError));
        }
        catch (IOException error)
        {
            return new(0, default, $"{node.Authority}: {error.Message}", MayHaveArrived: true);
        }
    }

    private static bool IsBeforeSending(HttpRequestError error) => error is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
        or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;

    // Compressed in memory, so that the length is known: some servers in between take no chunks.
    private ReadOnlyMemoryContent ContentOf(ReadOnlyMemory<byte> body, string mediaType)
    {
        if (!_options.Gzip)
        {
            return new(body) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
        }

        var target = new MemoryStream((body.Length / 4) + 64);
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(body.Span);
        }

        return new(target.GetBuffer().AsMemory(0, (int)target.Length))
        {
            Headers = { ContentType = new MediaTypeHeaderValue(mediaType), ContentEncoding = { "gzip" } },
        };
    }
}
