using Orca.Results;
using Orca.Swarm;

namespace Orca.Runs;

/// <summary>What happens in a run, told to the ledger, the sinks and whoever takes over; what comes before there is a ledger is kept for it.</summary>
internal sealed class LeaderJournal(LeaderOptions options, RunKeys keys, RunSinks sinks)
{
    private readonly LeaderArchive _archive = new(options);
    private readonly List<RunEvent> _early = [];
    private RunLedger? _ledger;
    private long? _start;

    /// <summary>The fencing number that what is archived carries.</summary>
    public long Fencing { get; set; } = 1;

    /// <summary>The time since the common start; negative before it, null where there is none.</summary>
    public TimeSpan? RunTime => _start is { } start ? options.Clock.GetElapsedTime(start) : null;

    /// <summary>Lets what happens reach the medium, until disposed.</summary>
    public IAsyncDisposable BeginArchiving() => _archive.Begin();

    /// <summary>Opens the ledger; the load begins at a timestamp, or never does where there is none.</summary>
    public RunLedger Open(RunStarted started, long? start)
    {
        _ledger = new RunLedger(started);
        _start = start;
        return _ledger;
    }

    /// <summary>Takes up what the leader before had noted.</summary>
    public async Task RestoreAsync(CancellationToken ct)
    {
        var (series, events) = (await ReadAsync(keys.Series, ct), await ReadAsync(keys.Events, ct));
        foreach (var problem in _ledger!.Restore(series, events, sinks.Restored))
        {
            LeaderLog.NotRestored(options.Logger, options.RunId, problem);
        }
    }

    /// <summary>Hands the ledger what happened before it was opened.</summary>
    public void NoteEarly()
    {
        _early.ForEach(_ledger!.Note);
        _early.Clear();
    }

    public void Note(RunEventKind kind, string text, string? drone = null)
    {
        var happened = new RunEvent(kind, options.Clock.GetUtcNow(), text) { Drone = drone, RunTime = RunTime };
        if (_ledger is null)
        {
            _early.Add(happened);
        }
        else
        {
            _ledger.Note(happened);
        }

        Tell(happened);
    }

    /// <summary>Tells of an event that the ledger has noted itself.</summary>
    public void Tell(RunEvent happened)
    {
        sinks.Event(happened);
        _archive.Append(keys.Events, EventCodec.Encode(happened, Fencing));
    }

    public void Close(RunInterval interval)
    {
        sinks.Interval(interval);
        _archive.Append(keys.Series, IntervalCodec.Encode(interval, Fencing), () => sinks.Kept(interval));
    }

    /// <summary>The run is completed: what the swarm's lists lack is told without waiting for them.</summary>
    public void CloseRest() => _archive.GiveUpWaiting();

    private async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(SwarmKey key, CancellationToken ct)
    {
        while (true)
        {
            if ((await options.Medium.ReadListAsync(key, 0, ct)).Answered(out var list))
            {
                return list;
            }

            await Task.Delay(RunTimings.HeartbeatPeriod, options.Clock, ct);
        }
    }
}
