using Microsoft.Extensions.Logging;
using Orca.Results.Elasticsearch.Bulk;
using Orca.Results.Elasticsearch.Client;
using Orca.Results.Elasticsearch.Documents;
using Orca.Results.Elasticsearch.Setup;
using Orca.Results.Elasticsearch.Spool;

namespace Orca.Results.Elasticsearch;

/// <summary>One run on its way into Elasticsearch: its documents, their spool, who sends them, and what earlier runs have left.</summary>
/// <remarks>Adding is the business of one thread at a time.</remarks>
internal sealed class StoredRun : IAsyncDisposable
{
    // A disk that is nearly full takes a document now and then.
    private static readonly TimeSpan QuietAfterTelling = TimeSpan.FromMinutes(1);

    private readonly RunIdentity _identity;
    private readonly IndexNames _names;
    private readonly ElasticsearchOptions _options;
    private readonly IStoreClient _client;
    private readonly ElasticsearchParts _parts;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly SpoolFolder _spool;
    private readonly DeadLetters _deadLetters;
    private readonly HashSet<int> _intervals = [];
    private readonly HashSet<string> _events = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task<BulkSender> _sender;
    private readonly Task<ReplayResult> _replay;
    private long _added;
    private bool _ended;
    private bool _isUnwritable;
    private long? _toldUnwritable;
    private bool _toldFull;
    private long _stored;
    private string? _refused;

    public StoredRun(
        RunIdentity identity, IndexNames names, ElasticsearchOptions options, IStoreClient client, ElasticsearchParts parts, TimeProvider clock, ILogger logger)
    {
        (_identity, _names, _options, _client, _parts, _clock, _logger) = (identity, names, options, client, parts, clock, logger);
        _spool = SpoolFolder.Make(options.Spool, identity.Run.Id, options.SpoolLimit, parts.Disk);
        _deadLetters = new(options.Spool, Path.GetFileName(_spool.Path));
        if (_spool.Failure is { } failure)
        {
            (_isUnwritable, _toldUnwritable) = (true, clock.GetTimestamp());
            logger.SpoolUnwritable(options.Spool, failure);
        }

        _sender = BeginSendingAsync(_stop.Token);
        _replay = ReplayAsync(_stop.Token);
    }

    /// <summary>Documents that will never be stored, so far.</summary>
    public long NotStored => _spool.Dropped + _deadLetters.Count;

    public void Add(RunStarted started) => Append(RunDocuments.Running(started, _identity, _names), SpoolRank.Essential);

    /// <summary>The run was taken over: whatever is sent from here on, an earlier leader may have sent.</summary>
    public void Resume() => _spool.IsResumed = true;

    /// <summary>Adds an interval with what was measured in it; one without is known from the report only, and was added when it closed.</summary>
    public void Add(RunInterval interval)
    {
        if (interval.Detail is null || !_intervals.Add(interval.Number))
        {
            return;
        }

        var documents = new IntervalDocuments(_identity, _names, interval);
        foreach (var entry in documents.OfRun())
        {
            Append(entry, SpoolRank.Ordinary);
        }

        foreach (var entry in documents.OfDrones())
        {
            Append(entry, SpoolRank.Drone);
        }
    }

    public void Add(RunEvent happened)
    {
        var entry = EventDocuments.Of(happened, _identity, _names);
        if (_events.Add(entry.Id))
        {
            Append(entry, SpoolRank.Ordinary);
        }
    }

    /// <summary>Adds what only the report has: the last intervals, events from before the load, and what the run came to.</summary>
    public void Add(RunReport report)
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        foreach (var interval in report.Intervals)
        {
            Add(interval);
        }

        foreach (var happened in report.Events)
        {
            Add(happened);
        }

        Append(RunDocuments.Ended(report, _identity, _names, _deadLetters.Count, _spool.Dropped, counted: false), SpoolRank.Essential);
    }

    /// <summary>Waits until everything is stored, or time is up.</summary>
    public async Task EndAsync(RunReport report, TimeSpan most, CancellationToken ct)
    {
        var began = _clock.GetTimestamp();
        TimeSpan Left() => most - _clock.GetElapsedTime(began) is { Ticks: > 0 } left ? left : TimeSpan.Zero;
        _spool.Seal();
        try
        {
            var sender = await _sender.WaitAsync(Left(), _clock, ct);
            if (await sender.DrainAsync(Left(), ct) && NotStored > 0)
            {
                Append(RunDocuments.Ended(report, _identity, _names, _deadLetters.Count, _spool.Dropped, counted: true), SpoolRank.Essential);
                _spool.Seal();
                await sender.DrainAsync(Left(), ct);
            }

            await _replay.WaitAsync(Left(), _clock, ct);
        }
        catch (TimeoutException)
        {
        }
    }

    /// <summary>What whoever started the run should know; asked once it is disposed.</summary>
    public IReadOnlyList<Problem> Problems()
    {
        List<Problem> problems = [];
        var waiting = _added - _stored - NotStored;
        if (waiting > 0)
        {
            problems.Add(new($"{waiting} documents of run {_identity.Run.Id} are not in Elasticsearch at {_client.Address} yet{(_refused is null ? "" : $" ({_refused})")}; they wait in {_spool.Path}.")
            {
                Advice = $"Store them with: {ElasticsearchStore.ReplayCommand}",
            });
        }

        if (_deadLetters.Count > 0)
        {
            problems.Add(new($"{_deadLetters.Count} documents of run {_identity.Run.Id} are of a kind that Elasticsearch refuses; they are in {_deadLetters.Path}."));
        }

        if (_spool.Dropped > 0)
        {
            problems.Add(new($"{_spool.Dropped} documents of run {_identity.Run.Id} are lost for Elasticsearch: there was no room for them in {_options.Spool}."));
        }

        return problems;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            var sender = await _sender;
            await sender.DisposeAsync();
            (_stored, _refused) = (sender.Counts.Stored, sender.Refused);
        }
        catch (OperationCanceledException)
        {
        }

        try
        {
            await _replay;
        }
        catch (OperationCanceledException)
        {
        }

        _spool.Dispose();
        _stop.Dispose();
    }

    private void Append(StoreEntry entry, SpoolRank rank)
    {
        _added++;
        switch (_spool.Append(entry, rank))
        {
            case SpoolPlace.Disk when _isUnwritable && !_spool.HasInMemory:
                _isUnwritable = false;
                _logger.SpoolWritable(_spool.Path);
                break;
            case SpoolPlace.Memory when !_isUnwritable && (_toldUnwritable is not { } told || _clock.GetElapsedTime(told) > QuietAfterTelling):
                (_isUnwritable, _toldUnwritable) = (true, _clock.GetTimestamp());
                _logger.SpoolUnwritable(_spool.Path, _spool.Failure ?? "");
                break;
            case SpoolPlace.Nowhere when !_toldFull:
                _toldFull = true;
                _logger.SpoolFull(_spool.Path);
                break;
        }
    }

    private async Task<BulkSender> BeginSendingAsync(CancellationToken ct)
    {
        if (_options.SetUp)
        {
            await SetUpAsync(ct);
        }

        return new(_client, _spool, _deadLetters, _parts.Timings, _clock, _logger);
    }

    private async Task SetUpAsync(CancellationToken ct)
    {
        var pace = new BulkPace(_parts.Timings, _clock, new Random(Environment.ProcessId));
        for (var attempt = 1; ; attempt++)
        {
            var (outcome, away) = await new StoreSetUp(_client, _options, _names).RunAsync(ct);
            if (!away)
            {
                if (!outcome.TryGet(out _, out var problems))
                {
                    _logger.SetUpFailed(_client.Address, problems[0]);
                }

                return;
            }

            var wait = _clock.GetElapsedTime(_clock.GetTimestamp(), pace.DueAfter(attempt));
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, _clock, ct);
        }
    }

    private async Task<ReplayResult> ReplayAsync(CancellationToken ct)
    {
        await _sender.WaitAsync(ct);
        return await new SpoolReplay(_options.Spool, _client, _parts.Timings, _parts.Disk, _clock, _logger).RunAsync(TimeSpan.MaxValue, ct);
    }
}
