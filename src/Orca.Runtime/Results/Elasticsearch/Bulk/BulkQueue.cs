using Orca.Results.Elasticsearch.Spool;

namespace Orca.Results.Elasticsearch.Bulk;

/// <summary>What is sent next and when: batches that were sent in vain first, then what is in the spool. Safe for use from several threads.</summary>
internal sealed class BulkQueue(SpoolFolder spool, BulkPace pace, BulkTimings timings, TimeProvider clock)
{
    private const int MostWaiting = 8;

    private readonly Lock _lock = new();
    private readonly List<BulkBatch> _retries = [];
    private TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _draining;
    private bool _over;

    /// <summary>The batch to send now, or null.</summary>
    public BulkBatch? Next()
    {
        var now = clock.GetTimestamp();
        lock (_lock)
        {
            if (pace.OpenAt > now)
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

        var items = spool.Take(BulkBatch.MostDocuments, BulkBatch.MostBytes);
        return items.Count == 0 ? null : new(items, 0, spool.IsResumed, now);
    }

    /// <summary>How long there may be nothing to send.</summary>
    public TimeSpan UntilNext()
    {
        lock (_lock)
        {
            var until = _draining ? timings.Linger / 10 : timings.Linger;
            if (_retries.Count > 0)
            {
                var due = Math.Max(pace.OpenAt, _retries.Min(batch => batch.Due));
                var wait = clock.GetElapsedTime(clock.GetTimestamp(), due);
                until = wait < until ? wait : until;
            }

            return until > TimeSpan.FromMilliseconds(1) ? until : TimeSpan.FromMilliseconds(1);
        }
    }

    /// <summary>A batch is to be sent again once it is due.</summary>
    public void Again(BulkBatch batch)
    {
        lock (_lock)
        {
            _retries.Add(batch);
        }
    }

    /// <summary>From here on nothing lingers; the result ends once all is stored, or nothing more will be.</summary>
    public Task Drain()
    {
        lock (_lock)
        {
            _draining = true;
            if (_drained.Task.IsCompleted && !_over)
            {
                _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            for (var i = 0; i < _retries.Count; i++)
            {
                _retries[i] = _retries[i] with { Due = _retries[i].Unknown ? _retries[i].Due : long.MinValue };
            }

            return _drained.Task;
        }
    }

    /// <summary>Nothing is under way: whoever waits for the end of it is told where there is nothing left.</summary>
    public void TellIfDrained()
    {
        lock (_lock)
        {
            if (_draining && _retries.Count == 0 && spool.IsEmpty)
            {
                _drained.TrySetResult();
            }
        }
    }

    /// <summary>Nothing more will be sent.</summary>
    public void End()
    {
        lock (_lock)
        {
            _over = true;
            _drained.TrySetResult();
        }
    }
}
