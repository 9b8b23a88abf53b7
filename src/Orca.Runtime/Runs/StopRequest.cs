namespace Orca.Runs;

/// <summary>Someone wants the run to end now.</summary>
/// <param name="Reason">Who, and why.</param>
/// <param name="Interrupted">Whether it was Ctrl-C.</param>
internal sealed record StopRequest(string Reason, bool Interrupted);
