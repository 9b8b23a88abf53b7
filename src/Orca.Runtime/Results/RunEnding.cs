namespace Orca.Results;

/// <summary>How a run ended, as the leader saw it.</summary>
internal sealed record RunEnding
{
    public required DateTimeOffset EndTime { get; init; }

    /// <summary>The run time at which the load ended: the plan's duration, unless it was cut short.</summary>
    public required TimeSpan RunTime { get; init; }

    /// <summary>Whether all there was to do was done before its time: then the iterations of every stage are due.</summary>
    public bool IsDone { get; init; }

    /// <summary>Whether the load began at all; where no run time passed and nobody measured anything it did not.</summary>
    public bool Started { get; init; } = true;

    /// <summary>Why the run was aborted, or null.</summary>
    public Problem? Aborted { get; init; }

    /// <summary>Whether it was interrupted by Ctrl-C (exit code 130).</summary>
    public bool Interrupted { get; init; }

    /// <summary>Whether an aborting threshold ended the load.</summary>
    public bool AbortedByThreshold { get; init; }

    /// <summary>Members whose final snapshot did not arrive.</summary>
    public IReadOnlyCollection<MemberKey> Unfinished { get; init; } = [];
}
