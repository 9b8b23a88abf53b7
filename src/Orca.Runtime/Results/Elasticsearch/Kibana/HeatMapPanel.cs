using System.Text.Json.Nodes;

namespace Orca.Results.Elasticsearch.Kibana;

/// <summary>Writes a heat map of a histogram over time, which Lens cannot draw: as Vega has it.</summary>
internal static class HeatMapPanel
{
    // The bounds of its rows, in milliseconds: three to a decade, as far as times that people wait for go.
    private static readonly double[] Bounds = [0, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 60_000];

    public static JsonObject Of(Panel panel) => new()
    {
        ["savedVis"] = new JsonObject
        {
            ["id"] = "",
            ["title"] = panel.Title,
            ["description"] = "",
            ["type"] = "vega",
            ["params"] = new JsonObject { ["spec"] = SpecOf(panel).ToJsonString() },
            ["uiState"] = new JsonObject(),
            ["data"] = new JsonObject
            {
                ["aggs"] = new JsonArray(),
                ["searchSource"] = new JsonObject
                {
                    ["query"] = new JsonObject { ["query"] = "", ["language"] = "kuery" },
                    ["filter"] = new JsonArray(),
                },
            },
        },
        ["enhancements"] = new JsonObject(),
    };

    private static JsonObject SpecOf(Panel panel) => new()
    {
        ["$schema"] = "https://vega.github.io/schema/vega-lite/v5.json",
        ["data"] = new JsonObject
        {
            ["url"] = new JsonObject { ["index"] = panel.View.Pattern, ["body"] = RequestOf(panel) },
            ["format"] = new JsonObject { ["property"] = "aggregations.time.buckets" },
        },
        ["transform"] = new JsonArray(
            new JsonObject { ["flatten"] = new JsonArray("rows.buckets"), ["as"] = new JsonArray("row") },
            new JsonObject { ["calculate"] = "datum.row.doc_count", ["as"] = "count" },
            new JsonObject { ["calculate"] = "datum.row.from", ["as"] = "from" },
            new JsonObject { ["calculate"] = "datum.row.key", ["as"] = "name" },
            new JsonObject { ["filter"] = "datum.count > 0" }),
        ["mark"] = new JsonObject { ["type"] = "rect", ["tooltip"] = true },
        ["encoding"] = new JsonObject
        {
            ["x"] = new JsonObject { ["field"] = "key", ["type"] = "temporal", ["bandPosition"] = 0, ["title"] = null },
            ["y"] = new JsonObject
            {
                ["field"] = "name",
                ["type"] = "ordinal",
                ["title"] = "ms",
                ["sort"] = new JsonObject { ["field"] = "from", ["order"] = "descending" },
            },
            ["color"] = new JsonObject { ["field"] = "count", ["type"] = "quantitative", ["title"] = panel.Values[0].Label, ["scale"] = new JsonObject { ["type"] = "symlog", ["scheme"] = "viridis" } },
        },
    };

    private static JsonObject RequestOf(Panel panel) => new()
    {
        ["size"] = 0,
        ["query"] = new JsonObject
        {
            ["bool"] = new JsonObject
            {
                ["must"] = new JsonArray("%dashboard_context-must_clause%"),
                ["filter"] = new JsonArray(
                [
                    "%dashboard_context-filter_clause%",
                    new JsonObject { ["range"] = new JsonObject { [PanelValue.NewestBy] = new JsonObject { ["%timefilter%"] = true } } },
                    .. TermsOf(panel.Filter),
                ]),
                ["must_not"] = new JsonArray("%dashboard_context-must_not_clause%"),
            },
        },
        ["aggs"] = new JsonObject
        {
            ["time"] = new JsonObject
            {
                ["date_histogram"] = new JsonObject { ["field"] = PanelValue.NewestBy, ["fixed_interval"] = new JsonObject { ["%autointerval%"] = true } },
                ["aggs"] = new JsonObject
                {
                    ["rows"] = new JsonObject { ["range"] = new JsonObject { ["field"] = panel.Values[0].Field, ["ranges"] = RangesOf() } },
                },
            },
        },
    };

    /// <summary>A filter of nothing but <c>field: "value"</c> joined by <c>and</c>, as a query.</summary>
    private static IEnumerable<JsonNode> TermsOf(string filter) =>
        from part in filter.Split(" and ")
        let colon = part.IndexOf(':', StringComparison.Ordinal)
        select (JsonNode)new JsonObject { ["term"] = new JsonObject { [part[..colon].Trim()] = part[(colon + 1)..].Trim().Trim('"') } };

    private static JsonArray RangesOf()
    {
        var ranges = new JsonArray();
        for (var i = 0; i < Bounds.Length; i++)
        {
            var range = new JsonObject { ["from"] = Bounds[i] };
            if (i + 1 < Bounds.Length)
            {
                range["to"] = Bounds[i + 1];
            }

            ranges.Add((JsonNode)range);
        }

        return ranges;
    }
}
