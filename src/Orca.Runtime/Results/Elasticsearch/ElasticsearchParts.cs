using Orca.Results.Elasticsearch.Bulk;
using Orca.Results.Elasticsearch.Client;
using Orca.Results.Elasticsearch.Spool;

namespace Orca.Results.Elasticsearch;

/// <summary>What the sink is put together from, apart so that another client, another disk or shorter times can take a place.</summary>
internal sealed record ElasticsearchParts
{
    public BulkTimings Timings { get; init; } = new();

    public SpoolDisk Disk { get; init; } = new();

    public Func<ElasticsearchOptions, TimeProvider, IStoreClient> Client { get; init; } = static (options, clock) => new HttpStoreClient(options, clock);
}
