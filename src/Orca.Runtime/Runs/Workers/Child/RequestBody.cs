namespace Orca.Runs.Workers.Child;

/// <summary>A request that says no more than its number.</summary>
internal sealed record RequestBody(int Request);
