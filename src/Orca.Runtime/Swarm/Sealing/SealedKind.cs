namespace Orca.Swarm.Sealing;

/// <summary>What a sealed text is. The numbers are part of the seal.</summary>
internal enum SealedKind
{
    Message = 1,
    Field = 2,
    Element = 3,
    Document = 4,
    LeaderBeat = 5,
}
