namespace Orca.Plans;

/// <summary>A stretch of a scenario's load.</summary>
/// <param name="Duration">How long it lasts; an iterations stage that is done sooner still lasts so long.</param>
public abstract record LoadStage(TimeSpan Duration);
