namespace Orca.Execution;

/// <summary>What a user does next.</summary>
internal enum UserTurn
{
    /// <summary>Nothing: it is parked, and may already be with someone else.</summary>
    Parked,

    /// <summary>It starts.</summary>
    Start,

    /// <summary>It iterates.</summary>
    Iterate,
}
