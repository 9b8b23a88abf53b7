namespace Orca.Results;

/// <summary>Whose fault it was that the load produced was not the load asked for.</summary>
public enum InvalidCause
{
    /// <summary>A drone could not keep up.</summary>
    Generator,

    /// <summary>No user was free: the target is slow, or the scenario's <c>maxUsers</c> too small.</summary>
    UsersExhausted,

    /// <summary>A drone was lost.</summary>
    DroneLost,

    /// <summary>Drones were cut off from the swarm's medium.</summary>
    Medium,
}
