namespace Orca.Runs.Workers.Child;

/// <summary>What the next heartbeat is to claim, under the share of an epoch or a newer one.</summary>
internal sealed record AheadBody(List<ClaimBody> Claims, bool IsDone, int Epoch);
