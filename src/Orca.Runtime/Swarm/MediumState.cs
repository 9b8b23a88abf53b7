namespace Orca.Swarm;

/// <summary>Whether a member reaches its medium.</summary>
internal enum MediumState
{
    Connected,
    Disconnected,
}
