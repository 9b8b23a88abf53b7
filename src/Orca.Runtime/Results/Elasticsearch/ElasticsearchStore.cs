using Microsoft.Extensions.Logging;
using Orca.Results.Elasticsearch.Client;
using Orca.Results.Elasticsearch.Documents;
using Orca.Results.Elasticsearch.Kibana;
using Orca.Results.Elasticsearch.Setup;
using Orca.Results.Elasticsearch.Spool;

namespace Orca.Results.Elasticsearch;

/// <summary>What is done by command, apart from runs: set-up, replay, dashboards.</summary>
internal sealed class ElasticsearchStore
{
    public const string ReplayCommand = "orca elastic replay";

    private readonly ElasticsearchOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ElasticsearchParts _parts;

    private ElasticsearchStore(ElasticsearchOptions options, TimeProvider clock, ILogger logger, ElasticsearchParts parts) =>
        (_options, _clock, _logger, _parts) = (options, clock, logger, parts);

    /// <summary>Writes the data views and dashboards to a file that Kibana can import.</summary>
    public static async Task<Problem?> WriteDashboardsAsync(string path, CancellationToken ct)
    {
        try
        {
            await File.WriteAllTextAsync(path, DashboardFile.Write(), ct);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new Problem($"The dashboards cannot be written to '{path}': {error.Message}") { Advice = "Name a file that can be written." };
        }
    }

    /// <summary>A store by options; problems where they are wrong.</summary>
    public static Outcome<ElasticsearchStore> Of(ElasticsearchOptions options, TimeProvider clock, ILogger logger, ElasticsearchParts? parts = null) =>
        ElasticsearchRules.ProblemsOf(options) is { Count: > 0 } problems
            ? Outcome(problems)
            : new ElasticsearchStore(options, clock, logger, parts ?? new());

    /// <summary>Makes templates, streams and index.</summary>
    /// <param name="swarm">The swarm whose streams are made; the options' namespace comes first.</param>
    /// <param name="ct">Cancels the waiting.</param>
    public async Task<Outcome<SetUpResult>> SetUpAsync(string swarm, CancellationToken ct)
    {
        using var client = _parts.Client(_options, _clock);
        var names = IndexNames.Of(_options.Namespace is { Length: > 0 } name ? name : swarm);
        return (await new StoreSetUp(client, _options, names).RunAsync(ct)).Outcome;
    }

    /// <summary>Stores what runs have left in the spool.</summary>
    /// <param name="most">How long it may take.</param>
    /// <param name="ct">Cancels it; what is not stored stays.</param>
    public async Task<Outcome<ReplayResult>> ReplayAsync(TimeSpan most, CancellationToken ct)
    {
        using var client = _parts.Client(_options, _clock);
        var result = await new SpoolReplay(_options.Spool, client, _parts.Timings, _parts.Disk, _clock, _logger).RunAsync(most, ct);
        return result switch
        {
            { Refused: { } why } => new Problem($"Elasticsearch at {client.Address} refused what it was sent: {why}. {result.Stored} documents were stored before; the others wait in {_options.Spool}."),
            { Unfinished.IsEmpty: false } => new Problem($"Not everything could be stored in Elasticsearch at {client.Address}: {result.Stored} documents were; the others wait in {string.Join(", ", result.Unfinished)}.")
            {
                Advice = "Try again once it answers.",
            },
            _ => result,
        };
    }

    /// <summary>Imports the data views and dashboards into Kibana, over those that are there.</summary>
    public async Task<Outcome<DashboardImport>> ImportDashboardsAsync(CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(_options.Kibana))
        {
            return new Problem($"{ElasticsearchOptions.Section}:{nameof(_options.Kibana)} is not set; give Kibana's address.");
        }

        using var http = StoreHttp.Make(_options);
        return await new KibanaClient(http, _options, _clock).ImportAsync(DashboardFile.Write(), ct);
    }

    private static Outcome<ElasticsearchStore> Outcome(IReadOnlyList<Problem> problems) => System.Collections.Immutable.ImmutableArray.ToImmutableArray(problems);
}
