using Orca.Plans;

namespace Orca.Runs.Workers.Child;

/// <summary>A claim on the wire.</summary>
internal sealed record ClaimBody(string Scenario, string Slots, long Below)
{
    public static ClaimBody Of(IterationClaim claim) => new(claim.Scenario, claim.Slots.ToString(), claim.Below);

    public IterationClaim ToClaim() => new(Scenario, SlotSet.Parse(Slots), Below);
}
