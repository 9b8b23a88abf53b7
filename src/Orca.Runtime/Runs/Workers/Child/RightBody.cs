namespace Orca.Runs.Workers.Child;

/// <summary>Until when work may be started, and which iterations were claimed for it.</summary>
internal sealed record RightBody(long Until, List<ClaimBody> Claimed);
