using System.Text.Json.Nodes;

namespace Orca.Results.Elasticsearch.Setup;

/// <summary>The fields of each kind of document, and the mapping that they make. What is not named here is kept but not indexed.</summary>
internal static class StoreMapping
{
    public const string Histogram = "histogram";

    private const string Keyword = "keyword";
    private const string Long = "long";
    private const string Double = "double";

    // As long as a keyword may be that is shown as a name.
    private const int KeywordLength = 1024;

    private static readonly MappedField[] Shared =
    [
        new("@timestamp", "date"),
        new("service.name", Keyword),
        new("service.version", Keyword),
        new("host.name", Keyword),
        new("orca.schema", "short"),
        new("orca.run.id", Keyword),
        new("orca.run.name", Keyword),
        new("orca.drone.id", Keyword),
        new("orca.elapsed_ms", Long),
    ];

    private static readonly MappedField[] Counted =
    [
        new("orca.load.target_rps", Double),
        new("orca.load.target", Long),
        new("orca.load.arrivals", Long),
        new("orca.load.dropped", Long),
        new("orca.load.missed", Long),
        new("orca.load.interrupted", Long),
        new("orca.load.target_user_ms", Double),
        new("orca.load.user_ms", Double),
        new("orca.load.delivered", Double),
        new("orca.iterations.started", Long),
        new("orca.iterations.total", Long),
        new("orca.iterations.failed", Long),
        new("orca.requests.total", Long),
        new("orca.requests.failed", Long),
        new("orca.bytes.sent", Long),
        new("orca.bytes.received", Long),
        .. Times("orca.latency"),
        .. Times("orca.service"),
        .. Times("orca.lateness"),
    ];

    /// <summary>Fields of interval documents.</summary>
    public static IReadOnlyList<MappedField> Intervals { get; } =
    [
        .. Shared,
        .. Counted,
        new("error.type", Keyword),
        new("http.response.status_code", Long),
        new("orca.scope", Keyword),
        new("orca.phase", Keyword),
        new("orca.scenario.name", Keyword),
        new("orca.step.name", Keyword),
        new("orca.interval_ms", Long),
        new("orca.interval_number", "integer"),
        new("orca.correction", "boolean"),
        new("orca.users.active", "integer"),
        new("orca.users.target", "integer"),
        new("orca.http.requests", Long),
        new("orca.http.broken", Long),
        new("orca.http.responses", Long),
        new("orca.errors.count", Long),
        new("orca.check.name", Keyword),
        new("orca.check.passed", Long),
        new("orca.check.failed", Long),
        new("orca.metric.name", Keyword),
        new("orca.metric.kind", Keyword),
        new("orca.metric.sum", Long),
        new("orca.metric.count", Long),
        new("orca.metric.last", Double),
        new("orca.metric.min", Double),
        new("orca.metric.max", Double),
        new("orca.metric.histogram", Histogram),
        new("orca.drone.cpu_pct", "float"),
        new("orca.drone.lag_ms", "float"),
        new("orca.drone.lateness_ms", "float"),
        new("orca.drone.gc_pause_ms", "float"),
        new("orca.drone.memory_bytes", Long),
    ];

    /// <summary>Fields of event documents.</summary>
    public static IReadOnlyList<MappedField> Events { get; } =
    [
        .. Shared,
        new("event.kind", Keyword),
        new("event.category", Keyword),
        new("event.type", Keyword),
        new("event.action", Keyword),
        new("event.dataset", Keyword),
        new("event.outcome", Keyword),
        new("message", "text"),
    ];

    /// <summary>Fields of run documents.</summary>
    public static IReadOnlyList<MappedField> Runs { get; } =
    [
        .. Shared,
        .. Counted,
        new("orca.run.status", Keyword),
        new("orca.run.ended_at", "date"),
        new("orca.run.duration_ms", Long),
        new("orca.run.exit_code", "integer"),
        new("orca.run.reason", Keyword),
        new("orca.run.drones", "integer"),
        new("orca.thresholds.total", "integer"),
        new("orca.thresholds.failed", "integer"),
        new("orca.completeness.intervals_missing", "integer"),
        new("orca.completeness.dead_letters", Long),
        new("orca.completeness.not_spooled", Long),
    ];

    /// <summary>The mapping of some fields.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="withHistograms">Whether the server has that type; where not, histograms are kept but not indexed.</param>
    public static JsonObject Of(IEnumerable<MappedField> fields, bool withHistograms)
    {
        var properties = new JsonObject
        {
            // Tags of a plan: whatever names they have, each becomes a keyword.
            ["labels"] = new JsonObject { ["type"] = "object", ["dynamic"] = true },
        };
        foreach (var field in fields)
        {
            Put(properties, field.Path.Split('.'), TypeOf(field, withHistograms));
        }

        return new()
        {
            ["dynamic"] = false,
            ["date_detection"] = false,
            ["dynamic_templates"] = new JsonArray(new JsonObject
            {
                ["labels"] = new JsonObject
                {
                    ["path_match"] = "labels.*",
                    ["mapping"] = new JsonObject { ["type"] = Keyword, ["ignore_above"] = 256 },
                },
            }),
            ["properties"] = properties,
        };
    }

    private static MappedField[] Times(string path) =>
    [
        new(path + ".histogram", Histogram),
        new(path + ".min_ms", Double),
        new(path + ".max_ms", Double),
        new(path + ".sum_ms", Double),
        new(path + ".p50_ms", Double),
        new(path + ".p95_ms", Double),
        new(path + ".p99_ms", Double),
    ];

    private static JsonObject TypeOf(MappedField field, bool withHistograms) => field.Type switch
    {
        Keyword => new() { ["type"] = Keyword, ["ignore_above"] = KeywordLength },
        Histogram when !withHistograms => new() { ["type"] = "object", ["enabled"] = false },
        var type => new() { ["type"] = type },
    };

    private static void Put(JsonObject properties, ReadOnlySpan<string> path, JsonObject type)
    {
        if (path.Length == 1)
        {
            properties[path[0]] = type;
            return;
        }

        if (properties[path[0]] is not JsonObject parent)
        {
            properties[path[0]] = parent = new() { ["properties"] = new JsonObject() };
        }

        Put(parent["properties"]!.AsObject(), path[1..], type);
    }
}
