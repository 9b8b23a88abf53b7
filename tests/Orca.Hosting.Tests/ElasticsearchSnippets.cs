using Microsoft.Extensions.Hosting;
using Orca.Hosting;
using Orca.Results.Elasticsearch;

namespace Orca.Tests.Hosting;

/// <summary>The code of <c>docs/elasticsearch.md</c>, compiled.</summary>
internal static class ElasticsearchSnippets
{
    public static void Add(IHostApplicationBuilder builder)
    {
        builder.AddOrcaLeader().UseRedis()          // or AddOrcaSwarm()
            .AddElasticsearch(elastic =>
            {
                elastic.Url = "https://one.example:9200, https://two.example:9200";
                elastic.ApiKey = builder.Configuration["ElasticKey"];
            });
    }

    public static async Task SetUpAsync(ElasticsearchOptions options, CancellationToken ct)
    {
        if (ElasticsearchStore.Of(options).TryGet(out var store, out var problems))
        {
            var made = await store.SetUpAsync("default", ct);           // the swarm's name
            var dashboards = await store.ImportDashboardsAsync(ct);     // Kibana 8.8 and later
        }
    }
}
