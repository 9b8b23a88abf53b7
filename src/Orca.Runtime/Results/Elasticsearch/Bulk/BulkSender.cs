using Microsoft.Extensions.Logging;
using Orca.Results.Elasticsearch.Client;
using Orca.Results.Elasticsearch.Spool;

namespace Orca.Results.Elasticsearch.Bulk;

/// <summary>Sends what is in a spool until it is stored: in a loop of its own, two requests at a time, with memory for a few.</summary>
/// <remarks>
/// What is sent lies on disk until the store has it, and ids follow from contents, so that sending again is always safe. A request whose
/// outcome is unknown is looked up before it is sent again: ids are unique in one backing index only, and the stream may have a new one.
/// </remarks>
internal sealed class BulkSender : IAsyncDisposable
{
    private const int MostWaiting = 8;

    private static readonly TimeSpan LongestDrain = TimeSpan.FromDays(30);

    private readonly IStoreClient _client;
    private readonly SpoolFolder _spool;
    private readonly DeadLetters _deadLetters;
    private readonly BulkTimings _timings;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly BulkPace _pace;
    private readonly BulkSignal _signal;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly List<BulkBatch> _retries = [];
    private readonly Task _loop;
    private TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _draining;
    private bool _over;
    private bool _away;
    private long _stored;
    private long _dead;
    private volatile string? _refused;

    /// <summary>Begins to send.</summary>
    /// <param name="client">What speaks to the store.</param>
    /// <param name="spool">What is to be sent; the caller keeps it.</param>
    /// <param name="deadLetters">Where those go that can never be stored.</param>
    /// <param name="timings">How long is waited for what.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="logger">Told of outages.</param>
    public BulkSender(IStoreClient client, SpoolFolder spool, DeadLetters deadLetters, BulkTimings timings, TimeProvider clock, ILogger logger)
    {
        (_client, _spool, _deadLetters, _timings, _clock, _logger) = (client, spool, deadLetters, timings, clock, logger);
        _pace = new(timings, clock, new Random(Environment.ProcessId));
        _signal = new(clock);
        _spool.Full = _signal.Set;
        _loop = RunAsync(_stop.Token);
    }

    /// <summary>Why nothing is sent any more until somebody changes a setting, or null.</summary>
    public string? Refused => _refused;

    public BulkCounts Counts => new(Interlocked.Read(ref _stored), Interlocked.Read(ref _dead));

    /// <summary>Sends all there is without lingering and waits until it is stored; false where time is up or nothing will be.</summary>
    public async Task<bool> DrainAsync(TimeSpan most, CancellationToken ct)
    {
        Task drained;
        lock (_lock)
        {
            _draining = true;
            if (_drained.Task.IsCompleted && !_over)
            {
                _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            drained = _drained.Task;
            for (var i = 0; i < _retries.Count; i++)
            {
                _retries[i] = _retries[i] with { Due = _retries[i].Unknown ? _retries[i].Due : long.MinValue };
            }
        }

        _pace.Hurry();
        _signal.Set();
        try
        {
            await drained.WaitAsync(most < LongestDrain ? most : LongestDrain, _clock, ct);
        }
        catch (TimeoutException)
        {
        }

        return _spool.IsEmpty;
    }

    public async ValueTask DisposeAsync()
    {
        _spool.Full = null;
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken ct)
    {
        await Task.Yield();
        List<Task> underWay = [];
        try
        {
            while (!ct.IsCancellationRequested && _refused is null)
            {
                underWay.RemoveAll(request => request.IsCompletedSuccessfully);
                if (underWay.Find(request => request.IsCompleted) is { } broken)
                {
                    await broken;
                }

                if (underWay.Count < _pace.Width && Next() is { } batch)
                {
                    underWay.Add(SendAsync(batch, ct));
                    continue;
                }

                if (underWay.Count == 0)
                {
                    TellIfDrained();
                }

                await _signal.WaitAsync(UntilNext(), ct);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _refused = $"the spool could not be read: {error.Message}";
            _logger.StoreRefuses(_client.Address, _refused, _spool.Path);
        }
        catch (OperationCanceledException)
        {
        }
        finally
        {
            await EndedAsync(underWay);
            lock (_lock)
            {
                _over = true;
                _drained.TrySetResult();
            }
        }
    }

    private static async Task EndedAsync(List<Task> requests)
    {
        try
        {
            await Task.WhenAll(requests);
        }
        catch (OperationCanceledException)
        {
        }
    }

    private void TellIfDrained()
    {
        lock (_lock)
        {
            if (_draining && _retries.Count == 0 && _spool.IsEmpty)
            {
                _drained.TrySetResult();
            }
        }
    }

    private TimeSpan UntilNext()
    {
        lock (_lock)
        {
            var until = _draining ? _timings.Linger / 10 : _timings.Linger;
            if (_retries.Count > 0)
            {
                var due = Math.Max(_pace.OpenAt, _retries.Min(batch => batch.Due));
                var wait = _clock.GetElapsedTime(_clock.GetTimestamp(), due);
                until = wait < until ? wait : until;
            }

            return until > TimeSpan.FromMilliseconds(1) ? until : TimeSpan.FromMilliseconds(1);
        }
    }

    private BulkBatch? Next()
    {
        var now = _clock.GetTimestamp();
        lock (_lock)
        {
            if (_pace.OpenAt > now)
            {
                return null;
            }

            if (_retries.FindIndex(batch => batch.Due <= now) is var place and >= 0)
            {
                var due = _retries[place];
                _retries.RemoveAt(place);
                return due;
            }

            if (_retries.Count >= MostWaiting)
            {
                return null;
            }
        }

        var items = _spool.Take(BulkBatch.MostDocuments, BulkBatch.MostBytes);
        return items.Count == 0 ? null : new(items, 0, _spool.IsResumed, now);
    }

    private async Task SendAsync(BulkBatch batch, CancellationToken ct)
    {
        try
        {
            if (!batch.Unknown)
            {
                await SendLeftAsync(batch, ct);
            }
            else if (await WithoutFoundAsync(batch, ct) is not { } left)
            {
                // Sent without a look it could be there twice.
                _pace.Failed();
                Again(batch with { Attempt = batch.Attempt + 1, Due = long.MinValue });
            }
            else if (left.Items.Count > 0)
            {
                await SendLeftAsync(left, ct);
            }
        }
        finally
        {
            _signal.Set();
        }
    }

    private async Task SendLeftAsync(BulkBatch left, CancellationToken ct)
    {
        var reply = await _client.BulkAsync(left.Index, [.. left.Items.Select(item => item.Entry)], ct);
        switch (reply.Outcome)
        {
            case BulkOutcome.Answered:
                Heard();
                Settle(left, reply.Items);
                break;
            case BulkOutcome.Throttled:
                Heard();
                _pace.Throttled();
                _pace.Failed();
                Again(left with { Attempt = left.Attempt + 1 });
                break;
            case BulkOutcome.TooLarge or BulkOutcome.Malformed:
                Heard();
                Halve(left, reply);
                break;
            case BulkOutcome.Unknown:
                Unheard(reply.Text);
                Again(left with { Attempt = left.Attempt + 1, Unknown = true, Due = _clock.GetTimestamp() + (long)(_timings.Refresh.TotalSeconds * _clock.TimestampFrequency) });
                break;
            case BulkOutcome.Unavailable:
                Unheard(reply.Text);
                Again(left with { Attempt = left.Attempt + 1, Due = long.MinValue });
                break;
            default:
                Refuse(reply.Text);
                break;
        }
    }

    /// <summary>The part of a batch that the store has not: what it has is done with. Null where that cannot be found out now.</summary>
    private async Task<BulkBatch?> WithoutFoundAsync(BulkBatch batch, CancellationToken ct)
    {
        if (!Documents.IndexNames.IsStream(batch.Index))
        {
            return batch;
        }

        if (await _client.FindAsync(batch.Index, [.. batch.Items.Select(item => item.Entry.Id)], ct) is not { } found)
        {
            return null;
        }

        List<SpoolItem> left = [];
        foreach (var item in batch.Items)
        {
            if (found.Contains(item.Entry.Id))
            {
                Done(item);
            }
            else
            {
                left.Add(item);
            }
        }

        return batch with { Items = left };
    }

    private void Settle(BulkBatch batch, IReadOnlyList<BulkItem> results)
    {
        List<SpoolItem> again = [];
        for (var i = 0; i < results.Count; i++)
        {
            var (item, result) = (batch.Items[i], results[i]);
            switch (result.Status)
            {
                case 200 or 201 when result.Diverted:
                    Bury(item, result with { Type = "diverted", Reason = "Elasticsearch put it into the failure store." });
                    break;
                case 200 or 201 or 409:
                    Done(item);
                    break;
                case 429 or 408 or >= 500:
                    again.Add(item);
                    break;
                case 401 or 403 or 404:
                    Refuse($"status {result.Status}, {result.Reason ?? result.Type}");
                    return;
                default:
                    Bury(item, result);
                    break;
            }
        }

        if (again.Count > 0)
        {
            _pace.Throttled();
            Again(batch with { Items = again, Attempt = batch.Attempt + 1, Unknown = false, Due = _pace.DueAfter(batch.Attempt + 1) });
        }
    }

    private void Halve(BulkBatch batch, BulkReply reply)
    {
        if (batch.Items.Count == 1)
        {
            Bury(batch.Items[0], new(reply.Outcome == BulkOutcome.TooLarge ? 413 : 400, null, reply.Text, Diverted: false));
            return;
        }

        var half = batch.Items.Count / 2;
        Again(batch with { Items = [.. batch.Items.Take(half)], Due = long.MinValue });
        Again(batch with { Items = [.. batch.Items.Skip(half)], Due = long.MinValue });
    }

    private void Again(BulkBatch batch)
    {
        lock (_lock)
        {
            _retries.Add(batch);
        }
    }

    private void Done(SpoolItem item)
    {
        Interlocked.Increment(ref _stored);
        _spool.Release(item);
    }

    private void Bury(SpoolItem item, BulkItem result)
    {
        if (Interlocked.Increment(ref _dead) == 1)
        {
            _logger.DocumentRefused(item.Entry.Id, item.Entry.Index, result.Status, result.Reason ?? result.Type ?? "", _deadLetters.Path);
        }

        // Where the file cannot be written the document stays in the spool, and is tried again by the next who takes it up.
        if (_deadLetters.Add(item.Entry, result))
        {
            _spool.Release(item);
        }
    }

    private void Refuse(string why)
    {
        if (Interlocked.CompareExchange(ref _refused, why, null) is null)
        {
            _logger.StoreRefuses(_client.Address, why, _spool.Path);
        }
    }

    private void Heard()
    {
        _pace.Good();
        if (_away)
        {
            _away = false;
            _logger.StoreBack(_client.Address);
        }
    }

    private void Unheard(string why)
    {
        _pace.Failed();
        if (!_away)
        {
            _away = true;
            _logger.StoreAway(_client.Address, why, _spool.Path);
        }
    }
}
