using Orca.Measurement;

namespace Orca.Results;

/// <summary>What all members of a run have measured: the newest snapshot of each incarnation, the intervals closed so far, the thresholds as they stand.</summary>
/// <remarks>One user at a time: the leader's loop.</remarks>
internal sealed class RunLedger(RunStarted started)
{
    /// <summary>Takes a snapshot; false where a newer or equal one of that incarnation is here already.</summary>
    public bool Add(Snapshot snapshot) => throw new NotImplementedException();

    /// <summary>Notes an event for the report.</summary>
    public void Note(RunEvent happened) => throw new NotImplementedException();

    /// <summary>Closes what intervals can be closed: those that every live member has passed, or that are two intervals old.</summary>
    public IReadOnlyList<RunInterval> CloseIntervals(IReadOnlyCollection<MemberKey> live, TimeSpan runTime) => throw new NotImplementedException();

    /// <summary>Aborting thresholds that the closed intervals have broken.</summary>
    public IReadOnlyList<ThresholdResult> BrokenAbortingThresholds() => throw new NotImplementedException();

    /// <summary>Closes all that is open and judges the run.</summary>
    public RunReport Complete(RunEnding ending) => throw new NotImplementedException();

    private readonly RunStarted _started = started;
}
