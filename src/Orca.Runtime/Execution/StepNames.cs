namespace Orca.Execution;

/// <summary>Steps that no author named.</summary>
internal static class StepNames
{
    /// <summary>Requests outside any step.</summary>
    public const string Http = "(http)";

    /// <summary>Requests where open steps are not strictly nested.</summary>
    public const string Concurrent = "(concurrent)";

    /// <summary>The start of a user while the load runs.</summary>
    public const string StartUser = "(start user)";
}
