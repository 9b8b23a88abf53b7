using System.Text.Json;
using System.Text.Json.Nodes;
using Orca.Results.Elasticsearch.Client;
using Orca.Results.Elasticsearch.Documents;

namespace Orca.Results.Elasticsearch.Setup;

/// <summary>Makes templates, streams and the index; doing it again changes nothing.</summary>
internal sealed class StoreSetUp(IStoreClient client, ElasticsearchOptions options, IndexNames names)
{
    private readonly List<string> _done = [];
    private bool _risen;

    /// <summary>Sets up; with a problem it also tells whether that is only that nobody answers.</summary>
    public async Task<(Outcome<StoreSetUpResult> Outcome, bool Away)> RunAsync(CancellationToken ct)
    {
        // 1. Which server is it?
        var root = await client.CallAsync(HttpMethod.Get, "", null, ct);
        if (root.Failure is not null || root.Status is 429 or >= 500)
        {
            return (new Problem($"Elasticsearch at {client.Address} cannot be used: {root.Text}.") { Advice = "Check the address, and whether it runs." }, true);
        }

        if ((root.IsGood || root.Status == 403 ? ServerInfo.Of(root) : null) is not { } server)
        {
            return (Refused("ask for its version", root), false);
        }

        // 2. Templates; 3. what they come to; 4. streams and index.
        var problem = await TemplatesAsync(server, ct) ?? await MappingAsync(server, ct) ?? await StreamsAsync(server, ct);
        return (problem is null ? new StoreSetUpResult(server.Name, [.. _done], Reduced: !server.HasHistograms) : problem, false);
    }

    private async Task<Problem?> TemplatesAsync(ServerInfo server, CancellationToken ct)
    {
        if (await PutAsync($"_component_template/{StoreTemplates.SettingsName}", StoreTemplates.Settings(), ct) is { } unset)
        {
            return unset;
        }

        foreach (var (name, template) in StoreTemplates.All(options, server))
        {
            var there = await client.CallAsync(HttpMethod.Get, $"_index_template/{name}", null, ct);
            var version = there.IsGood ? VersionOf(there) : null;
            if (version >= StoreTemplates.Version)
            {
                continue;
            }

            if (await PutAsync($"_index_template/{name}", template, ct) is { } problem)
            {
                return problem;
            }

            _done.Add($"Index template {name} is version {StoreTemplates.Version} now.");
            _risen |= version is not null;
        }

        return null;
    }

    /// <summary>Whether what streams will be made by is what Orca wants, whoever else has templates.</summary>
    private async Task<Problem?> MappingAsync(ServerInfo server, CancellationToken ct)
    {
        var answer = await client.CallAsync(HttpMethod.Post, $"_index_template/_simulate_index/{names.Intervals}", null, ct);
        if (!answer.IsGood)
        {
            return Refused($"simulate '{names.Intervals}'", answer);
        }

        var type = JsonNode.Parse(answer.Body.Span)?["template"]?["mappings"]?["properties"]?["orca"]?["properties"]?["latency"]?["properties"]?["histogram"]?["type"]?.GetValue<string>();
        var wanted = server.HasHistograms ? StoreMapping.Histogram : "object";
        return type == wanted ? null : new($"A new '{names.Intervals}' in Elasticsearch at {client.Address} would have '{type ?? "no"}' as the type of orca.latency.histogram, not '{wanted}'.")
        {
            Advice = "Look for another index template that matches orca-intervals-* with a higher priority.",
        };
    }

    private async Task<Problem?> StreamsAsync(ServerInfo server, CancellationToken ct)
    {
        foreach (var (stream, retention) in new[] { (names.Intervals, options.Retention), (names.Events, options.EventRetention) })
        {
            if (await MakeAsync($"_data_stream/{stream}", $"Data stream {stream}", ct) is { } problem)
            {
                return problem;
            }

            if (server.HasLifecycle && await PutAsync($"_data_stream/{stream}/_lifecycle", new() { ["data_retention"] = StoreTemplates.Days(retention) }, ct) is { } unkept)
            {
                return unkept;
            }

            if (_risen)
            {
                // A new mapping holds for new backing indices only.
                var rolled = await client.CallAsync(HttpMethod.Post, $"{stream}/_rollover{(server.HasLifecycle ? "?lazy=true" : "")}", null, ct);
                if (!rolled.IsGood)
                {
                    return Refused($"roll over '{stream}'", rolled);
                }

                _done.Add($"Data stream {stream} has a new backing index.");
            }
        }

        return await MakeAsync(names.Runs, $"Index {names.Runs}", ct);
    }

    private async Task<Problem?> MakeAsync(string path, string what, CancellationToken ct)
    {
        var answer = await client.CallAsync(HttpMethod.Put, path, null, ct);
        if (answer.IsGood)
        {
            _done.Add($"{what} is made.");
            return null;
        }

        return answer.Status == 400 && IsThere(answer) ? null : Refused($"make '{path}'", answer);
    }

    private async Task<Problem?> PutAsync(string path, JsonObject body, CancellationToken ct)
    {
        var answer = await client.CallAsync(HttpMethod.Put, path, body, ct);
        return answer.IsGood ? null : Refused($"put '{path}'", answer);
    }

    private static bool IsThere(StoreAnswer answer)
    {
        try
        {
            return JsonNode.Parse(answer.Body.Span)?["error"]?["type"]?.GetValue<string>() == "resource_already_exists_exception";
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static int? VersionOf(StoreAnswer answer)
    {
        try
        {
            return JsonNode.Parse(answer.Body.Span)?["index_templates"]?[0]?["index_template"]?["version"]?.GetValue<int>() ?? 0;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private Problem Refused(string what, StoreAnswer answer) => new($"Elasticsearch at {client.Address} did not {what}: {answer.Text}.")
    {
        Advice = answer.Status switch
        {
            401 => $"Set {ElasticsearchOptions.Section}:ApiKey, or another credential.",
            403 => "The key needs manage_index_templates, and create_index, manage and read on orca-*.",
            _ => null,
        },
    };
}
