using Orca.Results;

namespace Orca.Runs;

/// <summary>What happens in a run, told to the ledger and the sinks; what comes before there is a ledger is kept for it.</summary>
internal sealed class LeaderJournal(RunSinks sinks, TimeProvider clock)
{
    private readonly List<RunEvent> _early = [];
    private RunLedger? _ledger;
    private long? _start;

    /// <summary>Opens the ledger; the load begins at a timestamp, or never does where there is none.</summary>
    public RunLedger Open(RunStarted started, long? start)
    {
        _ledger = new RunLedger(started);
        _start = start;
        _early.ForEach(_ledger.Note);
        return _ledger;
    }

    public void Note(RunEventKind kind, string text, string? drone = null)
    {
        var happened = new RunEvent(kind, clock.GetUtcNow(), text) { Drone = drone, RunTime = RunTime };
        if (_ledger is null)
        {
            _early.Add(happened);
        }
        else
        {
            _ledger.Note(happened);
        }

        sinks.Event(happened);
    }

    /// <summary>The time since the common start; negative before it, null where there is none.</summary>
    public TimeSpan? RunTime => _start is { } start ? clock.GetElapsedTime(start) : null;
}
