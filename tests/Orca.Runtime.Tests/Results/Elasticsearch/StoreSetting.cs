using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orca.Results;
using Orca.Results.Elasticsearch;
using Orca.Results.Elasticsearch.Bulk;
using Orca.Results.Elasticsearch.Documents;
using Orca.Results.Elasticsearch.Spool;
using Orca.TestKit;
using Orca.TestKit.Elasticsearch;

namespace Orca.Tests.Results.Elasticsearch;

/// <summary>A server, a spool and a sink between them, with times short enough to wait for.</summary>
internal sealed class StoreSetting : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<ElasticsearchSink> _sinks = [];

    private StoreSetting(ElasticsearchServer server)
    {
        Server = server;
        Options = new() { Url = server.Url, Spool = _folder.At("spool"), RequestTimeout = TimeSpan.FromSeconds(20), Drain = TimeSpan.FromSeconds(30) };
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static BulkTimings Timings { get; } = new()
    {
        Linger = TimeSpan.FromMilliseconds(20),
        BackOff = TimeSpan.FromMilliseconds(10),
        LongestBackOff = TimeSpan.FromMilliseconds(100),
        LongestBackOffAtEnd = TimeSpan.FromMilliseconds(100),
        Refresh = TimeSpan.FromMilliseconds(50),
    };

    public ElasticsearchServer Server { get; }

    public ElasticsearchOptions Options { get; }

    public SpoolDisk Disk { get; set; } = new();

    public string Spool => Options.Spool;

    /// <summary>What the sinks have logged.</summary>
    public ConcurrentQueue<(int Id, LogLevel Level, string Message)> Logged { get; } = new();

    /// <summary>What the server holds, by id.</summary>
    public SortedDictionary<string, string> Stored => Contents(Server.State.Documents);

    /// <summary>What is in the spool but locks.</summary>
    public string[] Spooled => Directory.Exists(Spool) ? Directory.GetFiles(Spool, "*.seg", SearchOption.AllDirectories) : [];

    /// <summary>Starts a server and sets it up.</summary>
    public static async Task<StoreSetting> StartAsync(ElasticsearchServerOptions? options = null, bool setUp = true)
    {
        var setting = new StoreSetting(await ElasticsearchServer.StartAsync(options));
        if (setUp)
        {
            await setting.SetUpAsync();
        }

        return setting;
    }

    /// <summary>Makes a setting whose server is down.</summary>
    public static StoreSetting Down() => new(ElasticsearchServer.Make());

    public async Task SetUpAsync() => Workshop.Good(await Store().SetUpAsync("default", Token));

    public ElasticsearchStore Store() => Workshop.Good(ElasticsearchStore.Of(Options, TimeProvider.System, NullLogger.Instance, Parts()));

    public ElasticsearchSink Sink()
    {
        var sink = new ElasticsearchSink(Options, TimeProvider.System, new LogRecorder(Logged), Parts());
        _sinks.Add(sink);
        return sink;
    }

    /// <summary>Gives a sink a whole run, some of it after a signal each.</summary>
    public async Task<ElasticsearchSink> RunAsync(SyntheticRun run, Func<int, Task>? before = null)
    {
        var sink = Sink();
        Assert.Null(await sink.CheckAsync(Token));
        await sink.BeginAsync(run.Started, Token);
        for (var i = 0; i < run.Intervals - 1; i++)
        {
            await (before?.Invoke(i) ?? Task.CompletedTask);
            await sink.IntervalAsync(run.IntervalAt(i), Token);
        }

        await sink.EventAsync(run.EventAt(1), Token);
        await EndAsync(sink, run.Report());
        return sink;
    }

    public static async Task EndAsync(ElasticsearchSink sink, RunReport report)
    {
        Workshop.Good(await sink.StoreAsync(report, Token));
        await sink.EndAsync(report, Token);
    }

    /// <summary>What an undisturbed server holds after a run.</summary>
    public static SortedDictionary<string, string> Expected(SyntheticRun run)
    {
        var (identity, names) = (RunIdentity.Of(run.Started), IndexNames.Of("default"));
        var report = run.Report();
        var entries = Enumerable.Range(0, run.Intervals).Select(run.IntervalAt).Select(interval => new IntervalDocuments(identity, names, interval))
            .SelectMany(documents => documents.OfRun().Concat(documents.OfDrones()))
            .Concat(report.Events.Select(happened => EventDocuments.Of(happened, identity, names)))
            .Append(RunDocuments.Ended(report, identity, names, 0, 0, counted: false));
        return new(entries.ToDictionary(entry => entry.Id, entry => System.Text.Encoding.UTF8.GetString(entry.Source.Span)), StringComparer.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var sink in _sinks)
        {
            await sink.DisposeAsync();
        }

        await Server.DisposeAsync();
        _folder.Dispose();
    }

    private ElasticsearchParts Parts() => new() { Timings = Timings, Disk = Disk };

    private static SortedDictionary<string, string> Contents(IReadOnlyList<StoredDocument> documents)
    {
        // Adding, not setting: a document that is there twice is a fault.
        var contents = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var document in documents)
        {
            contents.Add(document.Id, document.Source.GetRawText());
        }

        return contents;
    }

    private sealed class LogRecorder(ConcurrentQueue<(int Id, LogLevel Level, string Message)> logged) : ILogger<ElasticsearchSink>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            logged.Enqueue((eventId.Id, logLevel, formatter(state, exception)));
    }
}
