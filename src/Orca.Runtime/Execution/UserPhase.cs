namespace Orca.Execution;

/// <summary>Where a user stands. Who moves it on owns it.</summary>
internal enum UserPhase
{
    /// <summary>Not at work: whoever queues it first has it.</summary>
    Idle,

    /// <summary>Waits for its turn.</summary>
    Queued,

    /// <summary>At work, between iterations.</summary>
    Between,

    /// <summary>In an iteration, which is counted exactly once: by the user that ends it or by who abandons it.</summary>
    Iterating,

    /// <summary>Given up at the end of the run.</summary>
    Abandoned,
}
