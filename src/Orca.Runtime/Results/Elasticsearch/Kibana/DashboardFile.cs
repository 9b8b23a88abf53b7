using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Orca.Results.Elasticsearch.Kibana;

/// <summary>Writes data views and dashboards as the lines that Kibana imports.</summary>
/// <remarks>The versions are the oldest that importing servers migrate from, so that all of 8.x and 9.x take the file.</remarks>
internal static class DashboardFile
{
    private const string CoreVersion = "8.8.0";
    private const string DashboardVersion = "8.9.0";
    private const string DataViewVersion = "8.0.0";
    private const int Columns = 48;
    private const string RunPicker = "run";

    public static string Write()
    {
        var lines = new StringBuilder();
        foreach (var line in DataView.All.Select(LineOf).Concat(Dashboards.All.Select(LineOf)))
        {
            lines.Append(line.ToJsonString()).Append('\n');
        }

        return lines.ToString();
    }

    private static JsonObject LineOf(DataView view) => new()
    {
        ["type"] = "index-pattern",
        ["id"] = view.Id,
        ["attributes"] = new JsonObject { ["title"] = view.Pattern, ["name"] = view.Name, ["timeFieldName"] = PanelValue.NewestBy },
        ["references"] = new JsonArray(),
        ["coreMigrationVersion"] = CoreVersion,
        ["typeMigrationVersion"] = DataViewVersion,
    };

    private static JsonObject LineOf(Dashboard dashboard)
    {
        var panels = new JsonArray();
        var references = new JsonArray();
        var (x, y, rowHeight) = (0, 0, 0);
        for (var i = 0; i < dashboard.Panels.Count; i++)
        {
            var panel = dashboard.Panels[i];
            if (x + panel.Width > Columns)
            {
                (x, y, rowHeight) = (0, y + rowHeight, 0);
            }

            var index = "p" + (i + 1).ToString(CultureInfo.InvariantCulture);
            panels.Add((JsonNode)new JsonObject
            {
                ["type"] = panel.Kind == PanelKind.HeatMap ? "visualization" : "lens",
                ["panelIndex"] = index,
                ["title"] = panel.Title,
                ["gridData"] = new JsonObject { ["i"] = index, ["x"] = x, ["y"] = y, ["w"] = panel.Width, ["h"] = panel.Height },
                ["embeddableConfig"] = panel.Kind == PanelKind.HeatMap ? HeatMapPanel.Of(panel) : LensPanel.Of(panel),
            });
            foreach (var (view, name) in panel.Kind == PanelKind.HeatMap ? [] : LensPanel.ReferencesOf(panel))
            {
                references.Add((JsonNode)LensPanel.Reference(view, $"{index}:{name}"));
            }

            (x, rowHeight) = (x + panel.Width, Math.Max(rowHeight, panel.Height));
        }

        references.Add((JsonNode)LensPanel.Reference(DataView.Intervals, $"controlGroup_{RunPicker}:optionsListDataView"));
        return new()
        {
            ["type"] = "dashboard",
            ["id"] = dashboard.Id,
            ["attributes"] = new JsonObject
            {
                ["title"] = dashboard.Title,
                ["description"] = dashboard.Description,
                ["version"] = 1,
                ["timeRestore"] = false,
                ["optionsJSON"] = new JsonObject { ["useMargins"] = true, ["syncCursor"] = true, ["hidePanelTitles"] = false }.ToJsonString(),
                ["kibanaSavedObjectMeta"] = new JsonObject
                {
                    ["searchSourceJSON"] = new JsonObject
                    {
                        ["query"] = new JsonObject { ["query"] = "", ["language"] = "kuery" },
                        ["filter"] = new JsonArray(),
                    }.ToJsonString(),
                },
                ["controlGroupInput"] = PickerOf(dashboard),
                ["panelsJSON"] = panels.ToJsonString(),
            },
            ["references"] = references,
            ["coreMigrationVersion"] = CoreVersion,
            ["typeMigrationVersion"] = DashboardVersion,
        };
    }

    private static JsonObject PickerOf(Dashboard dashboard) => new()
    {
        ["controlStyle"] = "oneLine",
        ["chainingSystem"] = "HIERARCHICAL",
        ["ignoreParentSettingsJSON"] = new JsonObject
        {
            ["ignoreFilters"] = false,
            ["ignoreQuery"] = false,
            ["ignoreTimerange"] = false,
            ["ignoreValidations"] = false,
        }.ToJsonString(),
        ["panelsJSON"] = new JsonObject
        {
            [RunPicker] = new JsonObject
            {
                ["type"] = "optionsListControl",
                ["order"] = 0,
                ["grow"] = true,
                ["width"] = "large",
                ["explicitInput"] = new JsonObject
                {
                    ["id"] = RunPicker,
                    ["fieldName"] = "orca.run.id",
                    ["title"] = dashboard.SingleRun ? "Run" : "Runs",
                    ["singleSelect"] = dashboard.SingleRun,
                    ["selectedOptions"] = new JsonArray(),
                    ["enhancements"] = new JsonObject(),
                },
            },
        }.ToJsonString(),
    };
}
