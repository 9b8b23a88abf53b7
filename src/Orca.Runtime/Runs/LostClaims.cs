using System.Collections.Immutable;
using System.Globalization;
using Orca.Plans;
using Orca.Swarm.Documents;

namespace Orca.Runs;

/// <summary>What lost members had claimed of the iterations stages: it may have run, so nobody else starts it.</summary>
internal static class LostClaims
{
    /// <param name="member">A lost member; where it fell silent, its heartbeat in the medium is the one that the leader has read.</param>
    /// <param name="slots">The slots that it had.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="takenAt">The run time from which others have the slots.</param>
    /// <param name="isSealed">Whether only what members have sealed is believed: then a heartbeat may be an older one put back.</param>
    public static IEnumerable<ClaimEntry> Of(LeaderMember member, SlotSet slots, RunPlan plan, TimeSpan takenAt, bool isSealed)
    {
        var said = member.Record.Claimed
            ?? (member is { Heartbeat.IsEmpty: false, HeartbeatIsNewest: true } && !isSealed ? member.Said?.Claimed : null);
        return said is { IsDefault: false } claims && claims.All(claim => IsOf(claim, slots, plan)) ? claims : All(slots, plan, takenAt);
    }

    /// <summary>Where nobody knows what was claimed last: all of every stage that has begun by then may have run.</summary>
    public static IEnumerable<ClaimEntry> All(SlotSet slots, RunPlan plan, TimeSpan takenAt) =>
        from scenario in plan.Scenarios
        from block in ScenarioSchedule.BlocksOf(scenario)
        where block.From < takenAt
        select new ClaimEntry(scenario.Name, slots.ToString(), block.End);

    /// <summary>What the report says of claims: how much of which scenario nobody runs again.</summary>
    public static IEnumerable<string> Tell(IEnumerable<ClaimEntry> claims, RunPlan plan, string who) =>
        from claim in claims
        group claim by claim.Scenario into scenario
        let blocks = ScenarioSchedule.BlocksOf(plan.Scenarios.Single(named => named.Name == scenario.Key))
        let count = scenario.Sum(claim => CountOf(claim, blocks))
        where count > 0
        select string.Create(
            CultureInfo.InvariantCulture,
            $"{who} may have run {count:N0} iterations of '{scenario.Key}', up to number {scenario.Max(claim => claim.Below) - 1}: what the report lacks of these is a gap, since nobody runs them again.");

    private static long CountOf(ClaimEntry claim, ImmutableArray<IterationBlock> blocks)
    {
        var slots = SlotSet.Parse(claim.Slots);
        return blocks.Where(block => claim.Below > block.First && claim.Below <= block.End)
            .Sum(block => Enumerable.Range(0, block.Users).Where(user => slots.Owns(user)).Sum(user => block.CountOf(user, claim.Below)));
    }

    private static bool IsOf(ClaimEntry? claim, SlotSet slots, RunPlan plan) =>
        claim is not null
        && SlotSet.TryParse(claim.Slots, out var claimed) && claimed.Total == slots.Total
        && plan.Scenarios.Any(scenario => scenario.Name == claim.Scenario);
}
