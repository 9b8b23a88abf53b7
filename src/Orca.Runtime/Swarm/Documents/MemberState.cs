namespace Orca.Swarm.Documents;

/// <summary>How far a member has come; it only ever moves on.</summary>
internal enum MemberState
{
    Joined,
    Declined,
    SwarmSetUp,
    Armed,

    /// <summary>It has stopped loading in the middle of the run, and gives up its slots.</summary>
    Leaving,

    Failed,
    Finished,
    SwarmTornDown,
}
