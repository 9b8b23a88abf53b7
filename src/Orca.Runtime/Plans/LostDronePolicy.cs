namespace Orca.Plans;

/// <summary>What happens when a drone is lost while the load runs.</summary>
public enum LostDronePolicy
{
    /// <summary>Its slots go to the others; the report marks the gap.</summary>
    Redistribute,

    /// <summary>The others go on with what they have.</summary>
    Continue,

    /// <summary>The run is aborted.</summary>
    Abort,
}
