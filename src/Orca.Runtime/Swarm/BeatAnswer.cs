namespace Orca.Swarm;

/// <summary>What a member learns when its heartbeat was taken.</summary>
/// <param name="Document">The version of the run document that is there; none after a wipe.</param>
/// <param name="LeaderBeat">The leader's own heartbeat: it lives while this changes. Empty after a wipe, until the leader has put back what it knows.</param>
/// <param name="MemberIsKnown">Whether the member's own record is there; not after a wipe, until the member has put it back.</param>
internal readonly record struct BeatAnswer(DocumentVersion Document, ReadOnlyMemory<byte> LeaderBeat, bool MemberIsKnown);
