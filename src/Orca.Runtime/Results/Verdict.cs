namespace Orca.Results;

/// <summary>What a run came to.</summary>
public enum Verdict
{
    /// <summary>Every threshold held.</summary>
    Passed,

    /// <summary>A threshold failed.</summary>
    Failed,

    /// <summary>The load produced was not the load asked for.</summary>
    Invalid,

    /// <summary>The run did not take its course: no quorum, a failed set-up, a stop request.</summary>
    Aborted,
}
