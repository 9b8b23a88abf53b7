using System.Collections.Immutable;
using Orca.Plans;

namespace Orca.Execution;

/// <summary>This drone's part of an iterations stage: a portion for the slots that it began with, and one for each lot that it gained since.</summary>
/// <remarks>Portions are added by the dispatcher, or before it runs; others read.</remarks>
internal sealed class BlockPart(UserScheduler scheduler, IterationBlock block, string scenario, bool claims)
{
    // What is claimed before the stage begins is acknowledged by then.
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(2);

    private IterationsDuty[] _portions = [];
    private SlotSet? _owned;

    public IterationBlock Block => block;

    public IReadOnlyList<IterationsDuty> Portions => Volatile.Read(ref _portions);

    /// <summary>Whether this drone's users have set to work on it.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Whether there is something to claim of it at a run time.</summary>
    public bool IsClaimable(TimeSpan at) => at >= block.From - Early && at < block.To;

    /// <summary>Whether nothing of it is left to be given out at a run time.</summary>
    public bool IsGivenOut(TimeSpan at) => at >= block.To || (HasBegun && Portions.All(portion => portion.Given >= portion.Count));

    public void Begin() => HasBegun = true;

    /// <summary>Takes what a share adds to the part.</summary>
    /// <returns>The portions that are new.</returns>
    public IReadOnlyList<IterationsDuty> Take(Share share)
    {
        if (!HasBegun && _owned is not null && _owned.Except(share.Slots).Count > 0)
        {
            // Slots went before the first iteration: the part is cut anew.
            (_owned, _portions) = (null, []);
        }

        var gained = _owned is null ? share.Slots : share.Slots.Except(_owned);
        var isUntouched = block.From >= share.From;
        if (gained.Count == 0 || (!isUntouched && share.Claimed is null))
        {
            return [];
        }

        _owned = _owned is null ? gained : _owned.Union(gained);
        var portions = gained.Slots()
            .GroupBy(slot => isUntouched ? block.First : BoundOf(slot, share.Claimed!))
            .Select(lot => PortionOf(SlotSet.Of(gained.Total, lot), lot.Key))
            .Where(portion => portion.Count > 0)
            .ToImmutableArray();
        Volatile.Write(ref _portions, [.. _portions, .. portions]);
        return portions;
    }

    private IterationsDuty PortionOf(SlotSet slots, long from)
    {
        var rest = block with { First = from, Count = block.End - from };
        return new(scheduler, rest, slots) { ClaimLimit = claims ? 0 : long.MaxValue };
    }

    private long BoundOf(int slot, IReadOnlyList<IterationClaim> claimed)
    {
        var bound = block.First;
        foreach (var claim in claimed)
        {
            if (claim.Below > bound && claim.Below <= block.End && claim.Scenario == scenario && claim.Slots.Owns(slot))
            {
                bound = claim.Below;
            }
        }

        return bound;
    }
}
