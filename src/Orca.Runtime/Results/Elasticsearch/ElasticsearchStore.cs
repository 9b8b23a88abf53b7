using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orca.Results.Elasticsearch.Client;
using Orca.Results.Elasticsearch.Documents;
using Orca.Results.Elasticsearch.Kibana;
using Orca.Results.Elasticsearch.Setup;
using Orca.Results.Elasticsearch.Spool;

namespace Orca.Results.Elasticsearch;

/// <summary>What is done apart from runs: set-up, replay, dashboards. Safe for use from several threads.</summary>
public sealed class ElasticsearchStore
{
    internal const string ReplayCommand = "orca elastic replay";

    private readonly ElasticsearchOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ElasticsearchParts _parts;

    private ElasticsearchStore(ElasticsearchOptions options, TimeProvider clock, ILogger logger, ElasticsearchParts parts) =>
        (_options, _clock, _logger, _parts) = (options, clock, logger, parts);

    /// <summary>Writes Kibana's data views and dashboards to a file that it imports (Stack Management, Saved Objects).</summary>
    /// <param name="path">The file, over one that is there; its name should end in <c>.ndjson</c>.</param>
    /// <param name="ct">Cancels the writing.</param>
    /// <returns>The problem, or <see langword="null"/>.</returns>
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

    /// <summary>A store by options.</summary>
    /// <param name="options">The options; kept.</param>
    /// <param name="logger">Told of outages. Default: nobody.</param>
    /// <returns>The store, or every problem of the options; nothing is connected to yet.</returns>
    public static Outcome<ElasticsearchStore> Of(ElasticsearchOptions options, ILogger? logger = null) => Of(options, TimeProvider.System, logger, new());

    internal static Outcome<ElasticsearchStore> Of(ElasticsearchOptions options, TimeProvider clock, ILogger? logger, ElasticsearchParts parts) =>
        ElasticsearchRules.ProblemsOf(options) is { Count: > 0 } problems
            ? problems.ToImmutableArray()
            : new ElasticsearchStore(options, clock, logger ?? NullLogger.Instance, parts);

    /// <summary>Makes templates, streams and index; doing it again changes nothing.</summary>
    /// <param name="swarm">The swarm whose streams are made; <see cref="ElasticsearchOptions.Namespace"/> comes first.</param>
    /// <param name="ct">Cancels the waiting.</param>
    /// <returns>What was done, or the problem.</returns>
    public async Task<Outcome<StoreSetUpResult>> SetUpAsync(string swarm, CancellationToken ct)
    {
        using var client = _parts.Client(_options, _clock);
        var names = IndexNames.Of(_options.Namespace is { Length: > 0 } name ? name : swarm);
        return (await new StoreSetUp(client, _options, names).RunAsync(ct)).Outcome;
    }

    /// <summary>Stores what runs have left in the spool.</summary>
    /// <param name="most">How long it may take.</param>
    /// <param name="ct">Cancels it; what is not stored stays.</param>
    /// <returns>What was stored, or the problem where something is left.</returns>
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
    /// <param name="ct">Cancels the waiting.</param>
    /// <returns>What was imported, or the problem.</returns>
    public async Task<Outcome<DashboardImport>> ImportDashboardsAsync(CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(_options.Kibana))
        {
            return new Problem($"{ElasticsearchOptions.Section}:{nameof(_options.Kibana)} is not set; give Kibana's address.");
        }

        using var http = StoreHttp.Make(_options);
        return await new KibanaClient(http, _options, _clock).ImportAsync(DashboardFile.Write(), ct);
    }

    /// <summary>A client with the options' credentials and trust, for requests of one's own.</summary>
    /// <returns>A client to dispose.</returns>
    public HttpClient MakeHttpClient() => StoreHttp.Make(_options);
}
