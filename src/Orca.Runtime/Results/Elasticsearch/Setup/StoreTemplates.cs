using System.Globalization;
using System.Text.Json.Nodes;
using Orca.Results.Elasticsearch.Documents;

namespace Orca.Results.Elasticsearch.Setup;

/// <summary>The templates that streams and the index are made by.</summary>
internal static class StoreTemplates
{
    /// <summary>Rises with every change of a mapping or setting below.</summary>
    public const int Version = 1;

    public const string SettingsName = "orca-settings";

    /// <summary>Where users put settings of their own; need not exist.</summary>
    public const string CustomName = "orca-custom";

    // Above those that servers come with (100) and that their agents install (200).
    private const int Priority = 500;

    public static JsonObject Settings() => new()
    {
        ["version"] = Version,
        ["_meta"] = Meta(),
        ["template"] = new JsonObject { ["settings"] = new JsonObject { ["index"] = new JsonObject { ["refresh_interval"] = "5s" } } },
    };

    /// <summary>All index templates, by name.</summary>
    public static IReadOnlyDictionary<string, JsonObject> All(ElasticsearchOptions options, ServerInfo server) => new Dictionary<string, JsonObject>
    {
        ["orca-intervals"] = Of(IndexNames.IntervalsPrefix, StoreMapping.Intervals, options.Retention, server),
        ["orca-events"] = Of(IndexNames.EventsPrefix, StoreMapping.Events, options.EventRetention, server),
        ["orca-runs"] = Of(IndexNames.RunsPrefix, StoreMapping.Runs, null, server),
    };

    public static string Days(TimeSpan retention) => ((int)retention.TotalDays).ToString(CultureInfo.InvariantCulture) + "d";

    private static JsonObject Of(string prefix, IReadOnlyList<MappedField> fields, TimeSpan? retention, ServerInfo server)
    {
        var template = new JsonObject { ["mappings"] = StoreMapping.Of(fields, server.HasHistograms) };
        var index = new JsonObject
        {
            ["index_patterns"] = new JsonArray(prefix + "*"),
            ["priority"] = Priority,
            ["version"] = Version,
            ["_meta"] = Meta(),
            ["composed_of"] = new JsonArray(SettingsName),
            ["template"] = template,
        };
        if (retention is { } kept)
        {
            index["data_stream"] = new JsonObject();
            if (server.HasLifecycle)
            {
                template["lifecycle"] = new JsonObject { ["data_retention"] = Days(kept) };
            }
        }

        if (server.IgnoresMissingComponents)
        {
            index["composed_of"]!.AsArray().Add(CustomName);
            index["ignore_missing_component_templates"] = new JsonArray(CustomName);
        }

        return index;
    }

    private static JsonObject Meta() => new() { ["managed_by"] = "orca" };
}
