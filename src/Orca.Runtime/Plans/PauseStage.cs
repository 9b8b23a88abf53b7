namespace Orca.Plans;

/// <summary>No load at all.</summary>
/// <param name="Duration">How long it lasts.</param>
public sealed record PauseStage(TimeSpan Duration) : LoadStage(Duration);
