namespace Orca.Swarm.Documents;

/// <summary>How far a member has come; it only ever moves on.</summary>
internal enum MemberState
{
    Joined,
    Declined,
    SwarmSetUp,
    Armed,
    Failed,
    Finished,
    SwarmTornDown,
}
