using System.Globalization;
using System.Text.Json.Nodes;

namespace Orca.Results.Elasticsearch.Kibana;

/// <summary>Writes a panel as Kibana's Lens has it.</summary>
internal static class LensPanel
{
    public const string ElapsedField = "orca.elapsed_ms";

    private const string Layer = "l1";
    private const string EventLayer = "events";
    private const string AxisColumn = "x";

    /// <summary>The panel's own part of a dashboard, without its place.</summary>
    public static JsonObject Of(Panel panel)
    {
        var columns = ColumnsOf(panel);
        var layer = new JsonObject
        {
            ["columnOrder"] = new JsonArray([.. columns.Select(column => (JsonNode)column.Key)]),
            ["columns"] = columns,
            ["incompleteColumns"] = new JsonObject(),
        };
        return new()
        {
            ["attributes"] = new JsonObject
            {
                ["title"] = "",
                ["type"] = "lens",
                ["visualizationType"] = TypeOf(panel.Kind),
                ["references"] = new JsonArray([.. ReferencesOf(panel).Select(reference => (JsonNode)Reference(reference.View, reference.Name))]),
                ["state"] = new JsonObject
                {
                    ["query"] = new JsonObject { ["query"] = panel.Filter, ["language"] = "kuery" },
                    ["filters"] = new JsonArray(),
                    ["internalReferences"] = new JsonArray(),
                    ["adHocDataViews"] = new JsonObject(),
                    ["datasourceStates"] = new JsonObject { ["formBased"] = new JsonObject { ["layers"] = new JsonObject { [Layer] = layer } } },
                    ["visualization"] = VisualizationOf(panel),
                },
            },
            ["enhancements"] = new JsonObject(),
        };
    }

    /// <summary>The data views that a panel refers to, and under which names.</summary>
    public static IEnumerable<(DataView View, string Name)> ReferencesOf(Panel panel)
    {
        yield return (panel.View, $"indexpattern-datasource-layer-{Layer}");
        if (panel.MarksEvents)
        {
            yield return (DataView.Events, $"xy-visualization-layer-{EventLayer}");
        }
    }

    public static JsonObject Reference(DataView view, string name) => new() { ["type"] = "index-pattern", ["id"] = view.Id, ["name"] = name };

    private static string TypeOf(PanelKind kind) => kind switch
    {
        PanelKind.Table => "lnsDatatable",
        PanelKind.Number => "lnsMetric",
        _ => "lnsXY",
    };

    private static JsonObject ColumnsOf(Panel panel)
    {
        var columns = new JsonObject();
        for (var i = 0; i < panel.By.Count; i++)
        {
            columns[SplitColumn(i)] = LensColumns.Terms(panel.By[i], panel.Top, ValueColumn(0), panel.Values[0].Operation != PanelOperation.Last && panel.Values[0].Operation != PanelOperation.Ratio);
        }

        if (panel.Axis != PanelAxis.None)
        {
            columns[AxisColumn] = panel.Axis == PanelAxis.Time ? LensColumns.Time() : LensColumns.Elapsed();
        }

        for (var i = 0; i < panel.Values.Count; i++)
        {
            LensColumns.Put(columns, ValueColumn(i), panel.Values[i]);
        }

        return columns;
    }

    private static JsonObject VisualizationOf(Panel panel) => panel.Kind switch
    {
        PanelKind.Table => new()
        {
            ["layerId"] = Layer,
            ["layerType"] = "data",
            ["columns"] = new JsonArray([.. TableColumns(panel).Select(id => (JsonNode)new JsonObject { ["columnId"] = id })]),
        },
        PanelKind.Number => new()
        {
            ["layerId"] = Layer,
            ["layerType"] = "data",
            ["metricAccessor"] = ValueColumn(0),
        },
        _ => XyOf(panel),
    };

    private static IEnumerable<string> TableColumns(Panel panel) =>
    [
        .. panel.Axis == PanelAxis.None ? [] : new[] { AxisColumn },
        .. Enumerable.Range(0, panel.By.Count).Select(SplitColumn),
        .. Enumerable.Range(0, panel.Values.Count).Select(ValueColumn),
    ];

    private static JsonObject XyOf(Panel panel)
    {
        var series = panel.Kind switch { PanelKind.Bar => "bar_stacked", PanelKind.Area => "area", _ => "line" };
        var data = new JsonObject
        {
            ["layerId"] = Layer,
            ["layerType"] = "data",
            ["seriesType"] = series,
            ["xAccessor"] = AxisColumn,
            ["accessors"] = new JsonArray([.. Enumerable.Range(0, panel.Values.Count).Select(i => (JsonNode)ValueColumn(i))]),
        };
        if (panel.By.Count > 0)
        {
            data["splitAccessor"] = SplitColumn(0);
        }

        var layers = new JsonArray(data);
        if (panel.MarksEvents)
        {
            layers.Add(Events());
        }

        return new()
        {
            ["preferredSeriesType"] = series,
            ["valueLabels"] = "hide",
            ["legend"] = new JsonObject { ["isVisible"] = true, ["position"] = "bottom" },
            ["layers"] = layers,
        };
    }

    private static JsonObject Events() => new()
    {
        ["layerId"] = EventLayer,
        ["layerType"] = "annotations",
        ["ignoreGlobalFilters"] = false,
        ["annotations"] = new JsonArray(new JsonObject
        {
            ["type"] = "query",
            ["id"] = "orca-events",
            ["label"] = "Event",
            ["key"] = new JsonObject { ["type"] = "point_in_time" },
            ["timeField"] = "@timestamp",
            ["icon"] = "bell",
            ["filter"] = new JsonObject { ["type"] = "kibana_query", ["query"] = "event.dataset: \"orca.events\"", ["language"] = "kuery" },
            ["extraFields"] = new JsonArray("event.action", "orca.drone.id"),
        }),
    };

    private static string ValueColumn(int number) => "v" + number.ToString(CultureInfo.InvariantCulture);

    private static string SplitColumn(int number) => "s" + number.ToString(CultureInfo.InvariantCulture);
}
