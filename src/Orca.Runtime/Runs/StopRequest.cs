using Orca.Results;

namespace Orca.Runs;

/// <summary>Someone wants the run to end now.</summary>
/// <param name="Reason">Who, and why.</param>
/// <param name="Interrupted">Whether it was Ctrl-C.</param>
internal sealed record StopRequest(string Reason, bool Interrupted)
{
    /// <summary>Notes that it was heeded before any load; the answer is why the run is aborted.</summary>
    public Problem BeforeTheStart(LeaderJournal journal)
    {
        journal.Note(RunEventKind.StopRequested, Reason);
        return new($"The run was stopped before it started: {Reason}");
    }
}
