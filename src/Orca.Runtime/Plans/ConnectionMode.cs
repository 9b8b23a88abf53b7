namespace Orca.Plans;

/// <summary>Which iterations share the connections of <c>user.Http</c>.</summary>
public enum ConnectionMode
{
    /// <summary>All users of a scenario on a drone share one pool.</summary>
    Shared,

    /// <summary>Each user has connections of its own.</summary>
    PerUser,

    /// <summary>Each iteration connects anew.</summary>
    PerIteration,
}
