namespace Orca.Swarm.Documents;

/// <summary>How a run's load was ended before its time.</summary>
/// <param name="AtMs">The run time, in milliseconds.</param>
/// <param name="Reason">Why, in one sentence.</param>
/// <param name="ByThreshold">Whether an aborting threshold did.</param>
/// <param name="Interrupted">Whether Ctrl-C did.</param>
/// <param name="IsDone">Whether all there was to do was done sooner.</param>
internal sealed record EarlyEnd(double AtMs, string Reason, bool ByThreshold, bool Interrupted, bool IsDone);
