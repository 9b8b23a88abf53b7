using Microsoft.Extensions.Logging;
using Orca.Results.Elasticsearch.Client;
using Orca.Results.Elasticsearch.Documents;
using Orca.Results.Elasticsearch.Spool;

namespace Orca.Results.Elasticsearch;

/// <summary>Stores runs in Elasticsearch: everything on disk first, then behind the run's back, and never the run's concern.</summary>
internal sealed class ElasticsearchSink(ElasticsearchOptions options, TimeProvider clock, ILogger<ElasticsearchSink> logger, ElasticsearchParts? parts = null)
    : IRunSink, IReportStore, IDocumentSink, IAsyncDisposable
{
    // Those of a run whose load has not begun; all of them are in the report too.
    private const int MostEarlyEvents = 1000;

    private readonly Lock _lock = new();
    private readonly ElasticsearchParts _parts = parts ?? new();
    private readonly List<RunEvent> _early = [];
    private IStoreClient? _client;
    private StoredRun? _run;

    public string Name => "elasticsearch";

    public long DocumentsNotStored
    {
        get => _run?.NotStored ?? field;
        private set;
    }

    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    public ValueTask<Problem?> CheckAsync(CancellationToken ct)
    {
        if (ElasticsearchRules.ProblemsOf(options) is [var problem, ..])
        {
            return new(problem);
        }

        try
        {
            Directory.CreateDirectory(options.Spool);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new(new Problem($"The spool for Elasticsearch cannot be made in '{options.Spool}': {error.Message}")
            {
                Where = $"{ElasticsearchOptions.Section}:{nameof(options.Spool)}",
                Advice = "Name a folder that can be written to.",
            });
        }
        catch (IOException error) when (File.Exists(options.Spool))
        {
            return new(new Problem($"The spool for Elasticsearch cannot be made in '{options.Spool}': {error.Message}")
            {
                Where = $"{ElasticsearchOptions.Section}:{nameof(options.Spool)}",
                Advice = "Name a folder, not a file.",
            });
        }
        catch (IOException)
        {
            // A full disk is no reason not to run; it is told when documents are written.
        }

        return new((Problem?)null);
    }

    public ValueTask BeginAsync(RunStarted started, CancellationToken ct)
    {
        lock (_lock)
        {
            var run = OpenLocked(RunIdentity.Of(started), started.Swarm);
            run.Add(started);
            _early.ForEach(run.Add);
            _early.Clear();
        }

        return default;
    }

    public ValueTask IntervalAsync(RunInterval interval, CancellationToken ct)
    {
        lock (_lock)
        {
            _run?.Add(interval);
        }

        return default;
    }

    public ValueTask RestoredAsync(RunInterval interval, CancellationToken ct)
    {
        lock (_lock)
        {
            _run?.Resume();
            _run?.Add(interval);
        }

        return default;
    }

    public ValueTask EventAsync(RunEvent happened, CancellationToken ct)
    {
        lock (_lock)
        {
            if (_run is not null)
            {
                _run.Add(happened);
            }
            else if (_early.Count < MostEarlyEvents)
            {
                _early.Add(happened);
            }
        }

        return default;
    }

    /// <summary>Has all that the end of a run adds on disk before the run is called completed: whoever is killed after that has left it for the next.</summary>
    public Task<Outcome<RunReport>> StoreAsync(RunReport report, CancellationToken ct)
    {
        lock (_lock)
        {
            OpenLocked(RunIdentity.Of(report), report.Swarm).Add(report);
        }

        return Task.FromResult<Outcome<RunReport>>(report);
    }

    public async ValueTask EndAsync(RunReport report, CancellationToken ct)
    {
        StoredRun run;
        lock (_lock)
        {
            run = OpenLocked(RunIdentity.Of(report), report.Swarm);
            run.Add(report);
        }

        try
        {
            await run.EndAsync(report, options.Drain, ct);
        }
        finally
        {
            await CloseAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _client?.Dispose();
    }

    private StoredRun OpenLocked(RunIdentity identity, string swarm)
    {
        if (_run is null)
        {
            (DocumentsNotStored, Problems) = (0, []);
            _client ??= _parts.Client(options, clock);
            _run = new(identity, IndexNames.Of(options.Namespace is { Length: > 0 } name ? name : swarm), options, _client, _parts, clock, logger);
        }

        return _run;
    }

    private async Task CloseAsync()
    {
        StoredRun? run;
        lock (_lock)
        {
            (run, _run) = (_run, null);
        }

        if (run is not null)
        {
            await run.DisposeAsync();
            (DocumentsNotStored, Problems) = (run.NotStored, run.Problems());
        }
    }
}
