using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orca.Results;
using Orca.Results.Elasticsearch;

namespace Orca.Samples.ElasticsearchCheck;

/// <summary>A run as Elasticsearch has it, asked in the way that charts ask: by aggregations.</summary>
internal sealed class StoredRun(ElasticsearchOptions options, string runId) : IDisposable
{
    // What interpolation between a histogram's values may add on the server's side.
    private const double Tolerance = 0.01;
    private const double ServerTolerance = 0.03;
    private const int Page = 1000;

    private readonly HttpClient _http = Client(options);

    private static string Intervals => $"orca-intervals-{CheckOptions.Namespace}";

    /// <summary>Holds the stored documents against the report.</summary>
    public async Task CompareAsync(RunReport report, bool reduced, Differences differences)
    {
        foreach (var index in new[] { Intervals, $"orca-events-{CheckOptions.Namespace}", $"orca-runs-{CheckOptions.Namespace}" })
        {
            await AskAsync(HttpMethod.Post, $"{index}/_refresh", null);
        }

        foreach (var scenario in report.Scenarios)
        {
            await CompareWorkAsync(scenario.Name, "measured", scenario.Measured, reduced, differences);
            if (scenario.WarmUp is { } warmUp)
            {
                await CompareWorkAsync(scenario.Name, "warm-up", warmUp, reduced, differences);
            }
        }

        var events = await SearchAsync($"orca-events-{CheckOptions.Namespace}", [], new JsonObject());
        differences.Equal("events", report.Events.Length, events["hits"]!["total"]!["value"]!.GetValue<decimal>());
        var run = (await SearchAsync($"orca-runs-{CheckOptions.Namespace}", [], new JsonObject()))["hits"]!["hits"]!.AsArray();
        differences.Equal("run documents", 1, run.Count);
        differences.Equal("iterations in the run's document", report.Totals.Finished, run[0]!["_source"]!["orca"]!["iterations"]!["total"]!.GetValue<decimal>());
        await SendAgainAsync(differences);
    }

    public void Dispose() => _http.Dispose();

    private async Task CompareWorkAsync(string scenario, string phase, WorkStatistics work, bool reduced, Differences differences)
    {
        var name = $"{scenario} ({phase})";
        (string, string)[] scope = [("orca.scope", "scenario"), ("orca.phase", phase), ("orca.scenario.name", scenario)];
        var sums = new JsonObject
        {
            ["started"] = Sum("orca.iterations.started"),
            ["finished"] = Sum("orca.iterations.total"),
            ["failed"] = Sum("orca.iterations.failed"),
            ["dropped"] = Sum("orca.load.dropped"),
            ["missed"] = Sum("orca.load.missed"),
        };
        if (!reduced)
        {
            sums["p"] = Percentiles("orca.latency.histogram");
        }

        var answer = (await SearchAsync(Intervals, scope, sums))["aggregations"]!;
        differences.Equal($"{name}: started", work.Started, Value(answer, "started"));
        differences.Equal($"{name}: finished", work.Finished, Value(answer, "finished"));
        differences.Equal($"{name}: failed", work.Failed, Value(answer, "failed"));
        differences.Equal($"{name}: dropped", work.Dropped, Value(answer, "dropped"));
        differences.Equal($"{name}: missed", work.Missed, Value(answer, "missed"));
        if (!reduced && work.Response is { } response)
        {
            ComparePercentiles($"{name}: the server's response", response, answer["p"]!["values"]!, differences);
        }

        await CompareTimesAsync($"{name}: response", "latency", scope, work.Response, differences);
        await CompareTimesAsync($"{name}: service", "service", scope, work.Service, differences);
        foreach (var step in work.Steps)
        {
            (string, string)[] ofStep = [("orca.scope", "step"), ("orca.phase", phase), ("orca.scenario.name", scenario), ("orca.step.name", step.Name)];
            var counted = (await SearchAsync(Intervals, ofStep, new JsonObject
            {
                ["finished"] = Sum("orca.requests.total"),
                ["failed"] = Sum("orca.requests.failed"),
                ["received"] = Sum("orca.bytes.received"),
            }))["aggregations"]!;
            differences.Equal($"{name}/{step.Name}: finished", step.Ok + step.Failed, Value(counted, "finished"));
            differences.Equal($"{name}/{step.Name}: failed", step.Failed, Value(counted, "failed"));
            differences.Equal($"{name}/{step.Name}: bytes received", step.Http?.BytesReceived ?? 0, Value(counted, "received"));
            await CompareTimesAsync($"{name}/{step.Name}: service", "service", ofStep, step.Service, differences);
        }
    }

    private async Task CompareTimesAsync(string what, string field, IReadOnlyList<(string, string)> scope, TimeStatistics? times, Differences differences)
    {
        if (times is null)
        {
            return;
        }

        var counts = new SortedDictionary<double, long>();
        var sum = 0m;
        await foreach (var document in DocumentsAsync(scope))
        {
            if (document["orca"]?[field] is not { } stored)
            {
                continue;
            }

            sum += stored["sum_ms"]!.GetValue<decimal>();
            foreach (var (value, count) in stored["histogram"]!["values"]!.AsArray().Zip(stored["histogram"]!["counts"]!.AsArray()))
            {
                counts[value!.GetValue<double>()] = counts.GetValueOrDefault(value.GetValue<double>()) + count!.GetValue<long>();
            }
        }

        differences.Equal($"{what}: times in histograms", times.Count, counts.Values.Sum());
        differences.Equal($"{what}: mean", (decimal)times.Mean, (decimal)((double)(sum * 1_000_000) / times.Count / 1e6));
        foreach (var (percent, expected) in Expected(times))
        {
            var rank = Math.Max(1, (long)((percent / 100 * times.Count) + 0.5));
            differences.Near($"{what}: p{percent}", expected, counts.FirstOrDefault(bucket => (rank -= bucket.Value) <= 0).Key, Tolerance);
        }
    }

    private static void ComparePercentiles(string what, TimeStatistics times, JsonNode values, Differences differences)
    {
        foreach (var (percent, expected) in Expected(times).Where(value => value.Percent <= 95))
        {
            differences.Near(
                $"{what}: p{percent}", expected, values[percent.ToString("0.0###", CultureInfo.InvariantCulture)]?.GetValue<double>() ?? 0, ServerTolerance);
        }
    }

    private static (double Percent, double Value)[] Expected(TimeStatistics times) =>
        [(50, times.P50), (75, times.P75), (90, times.P90), (95, times.P95), (99, times.P99), (99.9, times.P999)];

    /// <summary>Sends documents that are there already: each must be a conflict, and nothing more.</summary>
    private async Task SendAgainAsync(Differences differences)
    {
        var before = await CountAsync();
        var hits = (await SearchAsync(Intervals, [], new JsonObject(), size: 100))["hits"]!["hits"]!.AsArray();
        var lines = new StringBuilder();
        foreach (var hit in hits)
        {
            lines.Append($$$"""{"create":{"_id":"{{{hit!["_id"]}}}"}}""").Append('\n').Append(hit["_source"]!.ToJsonString()).Append('\n');
        }

        var content = new StringContent(lines.ToString(), new MediaTypeHeaderValue("application/x-ndjson"));
        var items = (await AskAsync(HttpMethod.Post, $"{Intervals}/_bulk", content))["items"]!.AsArray();
        differences.Equal("documents sent again that were there", hits.Count, items.Count(item => item!["create"]!["status"]!.GetValue<int>() == 409));
        await AskAsync(HttpMethod.Post, $"{Intervals}/_refresh", null);
        differences.Equal("documents after sending some again", before, await CountAsync());
    }

    private async Task<decimal> CountAsync() => (await SearchAsync(Intervals, [], new JsonObject()))["hits"]!["total"]!["value"]!.GetValue<decimal>();

    private async IAsyncEnumerable<JsonNode> DocumentsAsync(IReadOnlyList<(string, string)> terms)
    {
        JsonNode? after = null;
        while (true)
        {
            var hits = (await SearchAsync(Intervals, terms, new JsonObject(), Page, after))["hits"]!["hits"]!.AsArray();
            foreach (var hit in hits)
            {
                yield return hit!["_source"]!;
            }

            if (hits.Count < Page)
            {
                yield break;
            }

            after = hits[^1]!["sort"]!.DeepClone();
        }
    }

    private Task<JsonNode> SearchAsync(string index, IReadOnlyList<(string Field, string Value)> terms, JsonObject aggregations, int size = 1, JsonNode? after = null)
    {
        var filter = new JsonArray();
        foreach (var (field, value) in terms.Append(("orca.run.id", runId)))
        {
            filter.Add((JsonNode)new JsonObject { ["term"] = new JsonObject { [field] = value } });
        }

        var request = new JsonObject
        {
            ["size"] = size,
            ["track_total_hits"] = true,
            ["query"] = new JsonObject { ["bool"] = new JsonObject { ["filter"] = filter } },
            ["sort"] = new JsonArray(new JsonObject { ["@timestamp"] = "asc" }, new JsonObject { ["_doc"] = "asc" }),
        };
        if (aggregations.Count > 0)
        {
            request["aggs"] = aggregations;
        }

        if (after is not null)
        {
            request["search_after"] = after;
        }

        return AskAsync(HttpMethod.Post, $"{index}/_search", JsonContent.Create(request));
    }

    private async Task<JsonNode> AskAsync(HttpMethod method, string path, HttpContent? content)
    {
        if (content is not null)
        {
            await content.LoadIntoBufferAsync();
        }

        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var response = await _http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(body)!
            : throw new InvalidOperationException($"{method} {path} gave {(int)response.StatusCode}: {body}");
    }

    private static JsonObject Sum(string field) => new() { ["sum"] = new JsonObject { ["field"] = field } };

    private static JsonObject Percentiles(string field) =>
        new() { ["percentiles"] = new JsonObject { ["field"] = field, ["percents"] = new JsonArray(50, 75, 90, 95) } };

    private static decimal Value(JsonNode aggregations, string name) => (decimal)aggregations[name]!["value"]!.GetValue<double>();

    private static HttpClient Client(ElasticsearchOptions options)
    {
        var http = ElasticsearchStore.Of(options).TryGet(out var store, out _) ? store.MakeHttpClient() : throw new InvalidOperationException("The options were good before.");
        http.BaseAddress = new Uri(options.Url.Split(',')[0].TrimEnd('/') + "/");
        return http;
    }
}
