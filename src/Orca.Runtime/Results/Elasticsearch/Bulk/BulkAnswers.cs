using Microsoft.Extensions.Logging;
using Orca.Results.Elasticsearch.Client;
using Orca.Results.Elasticsearch.Spool;

namespace Orca.Results.Elasticsearch.Bulk;

/// <summary>What follows from an answer for each document: it is done with, sent again, or never stored; and what is told of it. Safe for use from several threads.</summary>
internal sealed class BulkAnswers(string address, SpoolFolder spool, DeadLetters deadLetters, BulkQueue queue, BulkPace pace, ILogger logger)
{
    private int _away;
    private long _stored;
    private long _dead;
    private volatile string? _refused;

    /// <summary>Why nothing is sent any more until somebody changes a setting, or null.</summary>
    public string? Refused => _refused;

    public BulkCounts Counts => new(Interlocked.Read(ref _stored), Interlocked.Read(ref _dead));

    /// <summary>Each document of a batch by its own status.</summary>
    public void Settle(BulkBatch batch, IReadOnlyList<BulkItem> results)
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
            pace.Throttled();
            queue.Again(batch with { Items = again, Attempt = batch.Attempt + 1, Unknown = false, Due = pace.DueAfter(batch.Attempt + 1) });
        }
    }

    /// <summary>A batch is too long, or one of its documents makes it unreadable: both halves are sent again, until that one is found.</summary>
    public void Halve(BulkBatch batch, BulkReply reply)
    {
        if (batch.Items.Count == 1)
        {
            Bury(batch.Items[0], new(reply.Outcome == BulkOutcome.TooLarge ? 413 : 400, null, reply.Text, Diverted: false));
            return;
        }

        var half = batch.Items.Count / 2;
        queue.Again(batch with { Items = [.. batch.Items.Take(half)], Due = long.MinValue });
        queue.Again(batch with { Items = [.. batch.Items.Skip(half)], Due = long.MinValue });
    }

    /// <summary>The store has it.</summary>
    public void Done(SpoolItem item)
    {
        Interlocked.Increment(ref _stored);
        spool.Release(item);
    }

    public void Refuse(string why)
    {
        if (Interlocked.CompareExchange(ref _refused, why, null) is null)
        {
            logger.StoreRefuses(address, why, spool.Path);
        }
    }

    public void Heard()
    {
        pace.Good();
        if (Interlocked.Exchange(ref _away, 0) == 1)
        {
            logger.StoreBack(address);
        }
    }

    public void Unheard(string why)
    {
        pace.Failed();
        if (Interlocked.Exchange(ref _away, 1) == 0)
        {
            logger.StoreAway(address, why, spool.Path);
        }
    }

    private void Bury(SpoolItem item, BulkItem result)
    {
        if (Interlocked.Increment(ref _dead) == 1)
        {
            logger.DocumentRefused(item.Entry.Id, item.Entry.Index, result.Status, result.Reason ?? result.Type ?? "", deadLetters.Path);
        }

        // Where the file cannot be written the document stays in the spool, and is tried again by the next who takes it up.
        if (deadLetters.Add(item.Entry, result))
        {
            spool.Release(item);
        }
    }
}
