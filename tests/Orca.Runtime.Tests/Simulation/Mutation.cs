namespace Orca.Tests.Simulation;

/// <summary>A fault put into the protocol on purpose, to show that the simulation would find it.</summary>
public enum Mutation
{
    None,

    /// <summary>A drone never loses the right to load once it has had it.</summary>
    NoRightToLoad,

    /// <summary>The medium lets an older snapshot or heartbeat take a newer one's place.</summary>
    SequenceNotCompared,

    /// <summary>After a loss each drone takes the slots that its rank among so many would have, not those that it was dealt.</summary>
    SlotsByCount,

    /// <summary>Who gains slots does not look at what the lost drone had claimed.</summary>
    ClaimsIgnored,

    /// <summary>Who gains slots loads with them at once, not from the run time on that it was told.</summary>
    SharesTakenAtOnce,

    /// <summary>A lost drone is declared so though it has come back meanwhile.</summary>
    SilenceNotCompared,
}
