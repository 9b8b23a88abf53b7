namespace Orca.Swarm;

/// <summary>What a member learns when its heartbeat was taken.</summary>
/// <param name="Document">The version of the run document that is there; none after a wipe.</param>
/// <param name="LeaderBeat">The leader's own counter: it lives while this changes.</param>
internal readonly record struct BeatAnswer(DocumentVersion Document, long LeaderBeat);
