using System.Text.Json.Nodes;
using Orca.Results.Elasticsearch;
using Orca.Results.Elasticsearch.Kibana;
using Orca.Results.Elasticsearch.Setup;
using Orca.TestKit;
using Orca.TestKit.Elasticsearch;

namespace Orca.Tests.Results.Elasticsearch;

public sealed class DashboardTests
{
    private static readonly string[] NumberTypes = ["long", "integer", "short", "double", "float", "histogram"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => [.. Dashboards.All.Select(dashboard => dashboard.Id)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Fields_OfEveryPanel_AreInTheMappingOfTheTemplates(string id)
    {
        var templates = StoreTemplates.All(new(), ServerInfo.Unknown);
        foreach (var panel in Dashboards.All.Single(dashboard => dashboard.Id == id).Panels)
        {
            var mapping = templates[panel.View.Id]["template"]!["mappings"]!.AsObject();
            foreach (var field in panel.Fields)
            {
                Assert.True(TypeOf(mapping, field) is not null, $"'{panel.Title}' uses {field}, which {panel.View.Id} does not map.");
            }

            foreach (var value in panel.Values)
            {
                var type = TypeOf(mapping, value.Field)!;
                Assert.True(
                    value.Operation == PanelOperation.Last || NumberTypes.Contains(type),
                    $"'{panel.Title}' computes with {value.Field}, a {type}.");
                Assert.True(value.Operation != PanelOperation.Percentile || type == "histogram", $"'{panel.Title}' takes percentiles of {value.Field}, a {type}.");
                Assert.True(value.Operation is PanelOperation.Percentile or PanelOperation.Last || type != "histogram", $"'{panel.Title}' adds up {value.Field}, a {type}.");
            }

            Assert.All(panel.By, field => Assert.Contains(TypeOf(mapping, field), new[] { "keyword", "long" }));
        }
    }

    /// <summary>What reaches Kibana, and not what it was made from: every field that the file itself names.</summary>
    [Fact]
    public void SourceFields_InTheFile_AreInTheMappingOfTheirDataView()
    {
        var templates = StoreTemplates.All(new(), ServerInfo.Unknown);
        var found = 0;
        foreach (var dashboard in Lines().Where(line => line["type"]!.ToString() == "dashboard"))
        {
            foreach (var panel in PanelsOf(dashboard).Where(panel => panel["type"]!.ToString() == "lens"))
            {
                var attributes = panel["embeddableConfig"]!["attributes"]!;
                var layer = attributes["state"]!["datasourceStates"]!["formBased"]!["layers"]!["l1"]!;
                var view = attributes["references"]!.AsArray().Single(reference => reference!["name"]!.ToString() == "indexpattern-datasource-layer-l1")!["id"]!.ToString();
                foreach (var (_, column) in layer["columns"]!.AsObject().Where(column => column.Value!["sourceField"] is not null))
                {
                    Assert.NotNull(TypeOf(templates[view]["template"]!["mappings"]!.AsObject(), column!["sourceField"]!.ToString()));
                    found++;
                }

                Assert.Equal(layer["columns"]!.AsObject().Select(column => column.Key), layer["columnOrder"]!.AsArray().Select(name => name!.ToString()));
            }
        }

        Assert.True(found > 100);
    }

    [Fact]
    public void Panels_ThatCountThings_FilterOnOneScope() => Assert.All(
        Dashboards.All.SelectMany(dashboard => dashboard.Panels).Where(panel => panel.View == DataView.Intervals),
        panel => Assert.Contains("orca.scope: \"", panel.Filter, StringComparison.Ordinal));

    [Fact]
    public void References_OfEveryPanel_AreOnTheDashboardToo()
    {
        foreach (var dashboard in Lines().Where(line => line["type"]!.ToString() == "dashboard"))
        {
            var known = dashboard["references"]!.AsArray().Select(reference => $"{reference!["name"]} {reference["id"]}").ToHashSet();
            foreach (var panel in PanelsOf(dashboard).Where(panel => panel["type"]!.ToString() == "lens"))
            {
                foreach (var reference in panel["embeddableConfig"]!["attributes"]!["references"]!.AsArray())
                {
                    Assert.Contains($"{panel["panelIndex"]}:{reference!["name"]} {reference["id"]}", known);
                }
            }

            Assert.Contains("controlGroup_run:optionsListDataView orca-intervals", known);
        }
    }

    [Fact]
    public void Panels_OnTheirDashboard_DoNotOverlapAndStayInside()
    {
        foreach (var dashboard in Lines().Where(line => line["type"]!.ToString() == "dashboard"))
        {
            var cells = new HashSet<(int, int)>();
            foreach (var place in PanelsOf(dashboard).Select(panel => panel["gridData"]!))
            {
                var (x, y, w, h) = (Int(place, "x"), Int(place, "y"), Int(place, "w"), Int(place, "h"));
                Assert.InRange(x + w, 1, 48);
                Assert.All(Enumerable.Range(x, w).SelectMany(column => Enumerable.Range(y, h).Select(row => (column, row))), cell => Assert.True(cells.Add(cell)));
            }
        }
    }

    [Fact]
    public async Task ImportDashboardsAsync_KibanaWithNone_ImportsAllAndAgainOverThem()
    {
        await using var kibana = await KibanaServer.StartAsync();
        var store = StoreFor(kibana, new() { Url = "http://127.0.0.1:9", ApiKey = "id:key", KibanaSpace = "load" });

        var imported = Workshop.Good(await store.ImportDashboardsAsync(Token));
        Workshop.Good(await store.ImportDashboardsAsync(Token));

        Assert.Equal(6, imported.Objects);
        Assert.Equal($"{kibana.Url}/s/load/app/dashboards#/view/orca-run", imported.Dashboards[0]);
        Assert.Equal("ApiKey aWQ6a2V5", kibana.Authorization);
        Assert.Equal(
            ["load/dashboard/orca-compare", "load/dashboard/orca-drones", "load/dashboard/orca-run", "load/index-pattern/orca-events", "load/index-pattern/orca-intervals", "load/index-pattern/orca-runs"],
            kibana.Objects.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ImportDashboardsAsync_NoKibanaThere_SaysSo()
    {
        var store = Workshop.Good(ElasticsearchStore.Of(new() { Url = "http://127.0.0.1:9", Kibana = $"http://127.0.0.1:{FeedServer.FreePort()}" }));

        var problem = Workshop.OnlyProblem(await store.ImportDashboardsAsync(Token));

        Assert.Contains("could not be imported into Kibana", problem.What, StringComparison.Ordinal);
        Assert.Contains("whether it runs", problem.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteDashboardsAsync_ToAFile_WritesWhatIsImported()
    {
        using var folder = new TempFolder();
        Assert.Null(await ElasticsearchStore.WriteDashboardsAsync(folder.At("orca.ndjson"), Token));
        Assert.Equal(DashboardFile.Write(), await File.ReadAllTextAsync(folder.At("orca.ndjson"), Token));
        Assert.NotNull(await ElasticsearchStore.WriteDashboardsAsync(folder.At("nowhere", "orca.ndjson"), Token));
    }

    private static ElasticsearchStore StoreFor(KibanaServer kibana, ElasticsearchOptions options)
    {
        options.Kibana = kibana.Url + "/";
        return Workshop.Good(ElasticsearchStore.Of(options));
    }

    private static IEnumerable<JsonNode> Lines() => DashboardFile.Write().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!);

    private static IEnumerable<JsonNode> PanelsOf(JsonNode dashboard) => JsonNode.Parse(dashboard["attributes"]!["panelsJSON"]!.ToString())!.AsArray().Select(panel => panel!);

    private static int Int(JsonNode place, string name) => place[name]!.GetValue<int>();

    private static string? TypeOf(JsonObject mapping, string field)
    {
        JsonNode? node = mapping;
        foreach (var name in field.Split('.'))
        {
            node = node?["properties"]?[name];
        }

        return node?["type"]?.ToString();
    }
}
