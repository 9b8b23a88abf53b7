namespace Orca.Runs;

/// <summary>This leader leads no more: another one has taken over its run.</summary>
internal sealed class SupersededException(string run) : Exception($"Another leader has taken over run {run}.")
{
    public Problem Problem { get; } = new($"Another leader has taken over run {run}; this one stops.") { Advice = "The report comes from the other one." };
}
