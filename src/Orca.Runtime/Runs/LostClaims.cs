using System.Collections.Immutable;
using Orca.Plans;
using Orca.Swarm.Documents;

namespace Orca.Runs;

/// <summary>What lost members had claimed of the iterations stages: it may have run, so nobody else starts it.</summary>
internal static class LostClaims
{
    /// <param name="lost">Members whose heartbeats are, in the medium, those that the leader has read.</param>
    /// <param name="slotsOf">The slots that a member had.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="takenAt">The run time from which others have the slots.</param>
    public static ImmutableArray<ClaimEntry> Of(IEnumerable<LeaderMember> lost, Func<LeaderMember, SlotSet> slotsOf, RunPlan plan, TimeSpan takenAt) =>
        [.. lost.SelectMany(member => member is { Heartbeat.IsEmpty: false, HeartbeatIsNewest: true, Said: { } said } ? said.Claimed : All(slotsOf(member), plan, takenAt))];

    // Its heartbeats were wiped or set back, and nobody knows what the last of them said: all of every stage that has begun by then may have run.
    private static IEnumerable<ClaimEntry> All(SlotSet slots, RunPlan plan, TimeSpan takenAt) =>
        from scenario in plan.Scenarios
        from block in ScenarioSchedule.BlocksOf(scenario)
        where block.From < takenAt
        select new ClaimEntry(scenario.Name, slots.ToString(), block.End);
}
