namespace Orca.Swarm.Documents;

/// <summary>What the leader holds of a member of the roster.</summary>
internal enum RosterState
{
    /// <summary>It takes part.</summary>
    Active,

    /// <summary>It was left out before the start.</summary>
    Dropped,

    /// <summary>It was lost while the load ran; it stays out of this run.</summary>
    Lost,
}
