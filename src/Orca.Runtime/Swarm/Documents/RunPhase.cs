namespace Orca.Swarm.Documents;

/// <summary>The phases of a run, in order.</summary>
internal enum RunPhase
{
    Preparing,
    Announcing,
    Starting,
    Running,
    Draining,
    Completed,
    Aborted,
}
