using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orca.Results.Elasticsearch.Client;

namespace Orca.Results.Elasticsearch.Kibana;

/// <summary>Speaks to Kibana.</summary>
internal sealed class KibanaClient(HttpClient http, ElasticsearchOptions options, TimeProvider clock)
{
    private const int MostErrors = 5;

    private string Root { get; } = ElasticsearchRules.AddressesOf(options.Kibana)[0].AbsoluteUri
        + (options.KibanaSpace is { Length: > 0 } space ? $"s/{space}/" : "");

    /// <summary>Imports saved objects over those of the same ids.</summary>
    public async Task<Outcome<DashboardImport>> ImportAsync(string lines, CancellationToken ct)
    {
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(lines)) { Headers = { ContentType = new MediaTypeHeaderValue("application/ndjson") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Root}api/saved_objects/_import?overwrite=true")
        {
            Headers = { { "kbn-xsrf", "true" } },
            Content = new MultipartFormDataContent { { file, "file", "orca.ndjson" } },
        };
        using var timeout = new CancellationTokenSource(options.RequestTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        StoreAnswer answer;
        try
        {
            using var response = await http.SendAsync(request, either.Token);
            answer = new((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(either.Token));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            answer = new(0, default, $"no answer within {options.RequestTimeout.TotalSeconds:0.#} s");
        }
        catch (HttpRequestException error)
        {
            answer = new(0, default, error.Message);
        }

        return ResultOf(answer);
    }

    private Outcome<DashboardImport> ResultOf(StoreAnswer answer)
    {
        if (!answer.IsGood)
        {
            return Failed(answer.Text) with { Advice = AdviceFor(answer.Status) };
        }

        try
        {
            var body = JsonNode.Parse(answer.Body.Span)!;
            return body["success"]?.GetValue<bool>() == true
                ? new DashboardImport(
                    body["successCount"]?.GetValue<int>() ?? 0,
                    [.. Dashboards.All.Select(dashboard => $"{Root}app/dashboards#/view/{dashboard.Id}")])
                : Failed(ErrorsOf(body["errors"]?.AsArray() ?? []));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or NullReferenceException)
        {
            return Failed("an answer that is none of Kibana's");
        }
    }

    // Of each object that could not be imported: which, and why.
    private static string ErrorsOf(JsonArray errors)
    {
        var texts = errors.Take(MostErrors).Select(error =>
            $"{error?["type"]?.ToString()} {error?["id"]?.ToString()}: {error?["error"]?["message"]?.ToString() ?? error?["error"]?["type"]?.ToString()}");
        return $"{errors.Count} objects were refused ({string.Join("; ", texts)})";
    }

    private Problem Failed(string text) => new($"The dashboards could not be imported into Kibana at {Root}: {text}.");

    private static string? AdviceFor(int status) => status switch
    {
        0 => $"Check {ElasticsearchOptions.Section}:Kibana, and whether it runs.",
        401 => $"Set {ElasticsearchOptions.Section}:ApiKey, or another credential that Kibana takes.",
        403 => "The key needs the right to manage saved objects in that space.",
        422 => "This Kibana is older than the dashboards' format; it takes 8.8 and later.",
        _ => null,
    };
}
