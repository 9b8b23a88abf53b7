using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orca.Hosting;
using Orca.Results;
using Orca.Results.Elasticsearch;
using Orca.TestKit;
using Orca.TestKit.Elasticsearch;

namespace Orca.Tests.Hosting;

/// <summary>A host that stores its runs: its options, and what a real run of an embedded swarm leaves in a server that follows the rules.</summary>
public sealed class AddElasticsearchTests : IDisposable
{
    private readonly Workshop _shop = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void AddElasticsearch_Configuration_IsBoundAndCodeComesAfterIt()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(
        [
            new("Orca:Elasticsearch:Url", "https://one.example:9200,https://two.example:9200"),
            new("Orca:Elasticsearch:ApiKey", "id:key"),
            new("Orca:Elasticsearch:Gzip", "false"),
            new("Orca:Elasticsearch:Namespace", "team-a"),
            new("Orca:Elasticsearch:SpoolLimit", "2000000"),
            new("Orca:Elasticsearch:Drain", "00:00:10"),
            new("Orca:Elasticsearch:Retention", "30.00:00:00"),
            new("Orca:Elasticsearch:SetUp", "true"),
        ]);
        builder.AddOrcaSwarm().AddElasticsearch(elastic => elastic.Namespace = "team-b");

        var options = builder.Services.BuildServiceProvider().GetRequiredService<IOptions<ElasticsearchOptions>>().Value;

        Assert.Equal(
            ("https://one.example:9200,https://two.example:9200", "id:key", false, "team-b", 2_000_000, true),
            (options.Url, options.ApiKey, options.Gzip, options.Namespace, options.SpoolLimit, options.SetUp));
        Assert.Equal((TimeSpan.FromSeconds(10), TimeSpan.FromDays(30)), (options.Drain, options.Retention));
    }

    [Theory]
    [InlineData("Url", "", "Orca:Elasticsearch:Url is not set; give an address such as https://elastic.example:9200.")]
    [InlineData("Url", "elastic:9200", "Orca:Elasticsearch:Url has 'elastic:9200', which is no http or https address.")]
    [InlineData("UserName", "me", "Orca:Elasticsearch:ApiKey is not set, and of UserName and Password there is only one; set both.")]
    [InlineData("CaFile", "/no/such.pem", "Orca:Elasticsearch:CaFile is '/no/such.pem', which cannot be read:")]
    [InlineData("Drain", "00:05:00", "Orca:Elasticsearch:Drain is 00:05:00; it must be 0 to 30 s.")]
    [InlineData("SpoolLimit", "many", "Failed to convert configuration value 'many' at 'Orca:Elasticsearch:SpoolLimit'")]
    public async Task RunOrcaAsync_BadOptions_IsBadInputWithOneClearLineAndNothingRuns(string option, string value, string expected)
    {
        var builder = Builder();
        builder.Configuration.AddInMemoryCollection([new("Orca:Elasticsearch:Url", "http://127.0.0.1:9200")]).AddInMemoryCollection([new($"Orca:Elasticsearch:{option}", value)]);
        builder.AddOrcaSwarm().AddElasticsearch();

        var result = await builder.Build().RunOrcaAsync(Ct);

        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.Null(result.Report);
        Assert.StartsWith(expected, Assert.Single(result.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddElasticsearch_Twice_RegistersOneSinkAndKeepsBothSettings()
    {
        var builder = Builder();
        builder.AddOrcaSwarm().AddElasticsearch(elastic => elastic.Url = "http://127.0.0.1:9200").AddElasticsearch(elastic => elastic.Namespace = "team-a");
        await using var services = builder.Services.BuildServiceProvider();

        Assert.Single(services.GetServices<IRunSink>().OfType<ElasticsearchSink>());
        var options = services.GetRequiredService<IOptions<ElasticsearchOptions>>().Value;
        Assert.Equal(("http://127.0.0.1:9200", "team-a"), (options.Url, options.Namespace));
    }

    [Fact]
    public async Task RunOrcaAsync_OnAnEmbeddedSwarm_StoresTheWholeRun()
    {
        await using var server = await ElasticsearchServer.StartAsync(new() { Authorization = "ApiKey aWQ6a2V5" });
        var builder = Builder();
        builder.AddOrcaSwarm(swarm => swarm.Drones = 2).AddElasticsearch(elastic =>
        {
            (elastic.Url, elastic.ApiKey, elastic.SetUp) = (server.Url, "id:key", true);
            elastic.Spool = Path.Combine(_shop.Folder, "spool");
        });

        var result = await builder.Build().RunOrcaAsync(Ct);

        Assert.Empty(result.Problems);
        var report = result.Report!;
        Assert.Equal(50, report.Totals.Finished);
        Assert.Empty(server.State.Unmapped);
        var documents = server.State.Documents;
        Assert.Equal(documents.Count, documents.Select(document => document.Id).Distinct().Count());
        Assert.Equal(report.Totals.Started, In("scenario").Sum(source => Find(source, "iterations", "started")?.GetInt64() ?? 0));
        Assert.Equal(50, In("scenario").Sum(source => Find(source, "latency", "histogram", "counts")?.EnumerateArray().Sum(count => count.GetInt64()) ?? 0));
        Assert.Equal(50, In("drone").Sum(source => Find(source, "iterations", "total")?.GetInt64() ?? 0));
        Assert.Equal(report.Events.Length, documents.Count(document => document.Index == "orca-events-default"));
        var run = Assert.Single(documents, document => document.Index == "orca-runs-default");
        Assert.Equal(report.RunId, run.Id);
        Assert.Empty(Directory.GetFiles(Path.Combine(_shop.Folder, "spool"), "*.seg", SearchOption.AllDirectories));

        IEnumerable<JsonElement> In(string scope) => documents.Select(document => document.Source).Where(source => Find(source, "scope")?.GetString() == scope);
    }

    [Fact]
    public async Task RunOrcaAsync_StoreThatIsNotThere_ChangesNeitherVerdictNorExitCodeAndSaysHowToReplay()
    {
        var server = ElasticsearchServer.Make();
        await using var down = server;
        var builder = Builder();
        builder.AddOrcaSwarm().AddElasticsearch(elastic =>
        {
            (elastic.Url, elastic.Drain) = (server.Url, TimeSpan.Zero);
            elastic.Spool = Path.Combine(_shop.Folder, "spool");
        });

        var result = await builder.Build().RunOrcaAsync(Ct);

        Assert.Equal((ExitCode.Passed, Verdict.Passed), (result.ExitCode, result.Report!.Verdict));
        var problem = Assert.Single(result.Problems);
        Assert.Contains($"documents of run {result.Report.RunId} are not in Elasticsearch", problem.What, StringComparison.Ordinal);
        Assert.Contains("orca elastic replay", problem.Advice, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(_shop.Folder, "spool"), "*.seg", SearchOption.AllDirectories));
    }

    private static JsonElement? Find(JsonElement source, params string[] path)
    {
        foreach (var name in path.Prepend("orca"))
        {
            if (!source.TryGetProperty(name, out source))
            {
                return null;
            }
        }

        return source;
    }

    private HostApplicationBuilder Builder()
    {
        const string plan = """
            {
              "quorum": 1, "limits": { "lateness": "10s", "notStarted": 1, "delivered": 0 },
              "scenarios": { "sample": { "load": [ { "iterations": 50, "users": 2, "for": "1s" } ] } }
            }
            """;
        _shop.Add(TestPackage.WithTest("Acme.Tests", body: "public async ValueTask RunAsync(VirtualUser user, CancellationToken ct) => await user.ThinkAsync(TimeSpan.FromMilliseconds(1));")
            .File("orca.json", plan));
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.AddOrcaSwarm(options =>
        {
            (options.Package, options.Quiet) = ("Acme.Tests", true);
            options.NuGetConfigRoot = _shop.Folder;
            options.Feeds.Add(_shop.Feed);
            options.Cache = _shop.Cache;
            options.Out = Path.Combine(_shop.Folder, "reports");
        });
        return builder;
    }
}
