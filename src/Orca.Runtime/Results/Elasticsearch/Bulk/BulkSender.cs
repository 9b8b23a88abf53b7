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
    private static readonly TimeSpan LongestDrain = TimeSpan.FromDays(30);

    private readonly IStoreClient _client;
    private readonly SpoolFolder _spool;
    private readonly BulkTimings _timings;
    private readonly TimeProvider _clock;
    private readonly BulkPace _pace;
    private readonly BulkQueue _queue;
    private readonly BulkAnswers _answers;
    private readonly BulkSignal _signal;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    /// <summary>Begins to send.</summary>
    /// <param name="client">What speaks to the store.</param>
    /// <param name="spool">What is to be sent; the caller keeps it.</param>
    /// <param name="deadLetters">Where those go that can never be stored.</param>
    /// <param name="timings">How long is waited for what.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="logger">Told of outages.</param>
    public BulkSender(IStoreClient client, SpoolFolder spool, DeadLetters deadLetters, BulkTimings timings, TimeProvider clock, ILogger logger)
    {
        (_client, _spool, _timings, _clock) = (client, spool, timings, clock);
        _pace = new(timings, clock, new Random(Environment.ProcessId));
        _queue = new(spool, _pace, timings, clock);
        _answers = new(client.Address, spool, deadLetters, _queue, _pace, logger);
        _signal = new(clock);
        _spool.Full = _signal.Set;
        _loop = RunAsync(_stop.Token);
    }

    /// <summary>Why nothing is sent any more until somebody changes a setting, or null.</summary>
    public string? Refused => _answers.Refused;

    public BulkCounts Counts => _answers.Counts;

    /// <summary>Sends all there is without lingering and waits until it is stored; false where time is up or nothing will be.</summary>
    public async Task<bool> DrainAsync(TimeSpan most, CancellationToken ct)
    {
        var drained = _queue.Drain();
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
            while (!ct.IsCancellationRequested && Refused is null)
            {
                underWay.RemoveAll(request => request.IsCompletedSuccessfully);
                if (underWay.Find(request => request.IsCompleted) is { } broken)
                {
                    await broken;
                }

                if (underWay.Count < _pace.Width && _queue.Next() is { } batch)
                {
                    underWay.Add(SendAsync(batch, ct));
                    continue;
                }

                if (underWay.Count == 0)
                {
                    _queue.TellIfDrained();
                }

                await _signal.WaitAsync(_queue.UntilNext(), ct);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _answers.Refuse($"the spool could not be read: {error.Message}");
        }
        catch (OperationCanceledException)
        {
        }
        finally
        {
            await EndedAsync(underWay);
            _queue.End();
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
                _queue.Again(batch with { Attempt = batch.Attempt + 1, Due = long.MinValue });
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
                _answers.Heard();
                _answers.Settle(left, reply.Items);
                break;
            case BulkOutcome.Throttled:
                _answers.Heard();
                _pace.Throttled();
                _pace.Failed();
                _queue.Again(left with { Attempt = left.Attempt + 1 });
                break;
            case BulkOutcome.TooLarge or BulkOutcome.Malformed:
                _answers.Heard();
                _answers.Halve(left, reply);
                break;
            case BulkOutcome.Unknown:
                _answers.Unheard(reply.Text);
                _queue.Again(left with { Attempt = left.Attempt + 1, Unknown = true, Due = _clock.GetTimestamp() + (long)(_timings.Refresh.TotalSeconds * _clock.TimestampFrequency) });
                break;
            case BulkOutcome.Unavailable:
                _answers.Unheard(reply.Text);
                _queue.Again(left with { Attempt = left.Attempt + 1, Due = long.MinValue });
                break;
            default:
                _answers.Refuse(reply.Text);
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
                _answers.Done(item);
            }
            else
            {
                left.Add(item);
            }
        }

        return batch with { Items = left };
    }
}
