using Orca.Plans;

namespace Orca.Tests.Simulation;

/// <summary>A simulated worker's part of one scenario's iterations stages: it starts what it has claimed, in order, one for each user at every tick.</summary>
internal sealed class SimulatedIterations(string scenario, ScenarioSchedule schedule)
{
    // What is claimed before a stage begins is acknowledged by then; and about a second's work at a tick of 20 ms.
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(2);
    private const int TicksAhead = 50;
    private readonly List<Portion> _portions = [];
    private SlotSet? _owned;

    /// <summary>Takes what a share adds, once its time has come.</summary>
    public void Take(Share share)
    {
        var gained = _owned is null ? share.Slots : share.Slots.Except(_owned);
        _owned = _owned is null ? gained : _owned.Union(gained);
        foreach (var block in schedule.IterationBlocks)
        {
            foreach (var lot in gained.Slots().GroupBy(slot => block.From >= share.From ? block.First : BoundOf(block, slot, share)))
            {
                _portions.Add(new(block, SlotSet.Of(gained.Total, lot), lot.Key));
            }
        }
    }

    public IEnumerable<IterationClaim> Claims(TimeSpan at) =>
        from portion in _portions
        where at >= portion.Block.From - Early && at < portion.Block.To
        select new IterationClaim(scenario, portion.Slots, portion.WantedNow());

    public void Claimed(IterationClaim claim)
    {
        foreach (var portion in _portions.Where(portion => claim.Scenario == scenario && portion.Slots.Equals(claim.Slots)
            && claim.Below > portion.Block.First && claim.Below <= portion.Block.End))
        {
            portion.ClaimedBelow = Math.Max(portion.ClaimedBelow, claim.Below);
        }
    }

    /// <summary>The iterations that start at a run time.</summary>
    public IEnumerable<long> Start(TimeSpan at)
    {
        foreach (var portion in _portions.Where(portion => at >= portion.Block.From && at < portion.Block.To))
        {
            for (var users = portion.Users; users > 0 && portion.Next < portion.ClaimedBelow; users--)
            {
                yield return portion.Next;
                portion.Next = portion.After(portion.Next, 1);
            }
        }
    }

    public bool IsDone(TimeSpan at) => _portions.TrueForAll(portion => at >= portion.Block.To || portion.Next >= portion.Block.End);

    private long BoundOf(IterationBlock block, int slot, Share share) =>
        share.Claimed!.Where(claim => claim.Scenario == scenario && claim.Slots.Owns(slot) && claim.Below > block.First && claim.Below <= block.End)
            .Select(claim => claim.Below)
            .DefaultIfEmpty(block.First)
            .Max();

    private sealed class Portion
    {
        private long _wanted;

        public Portion(IterationBlock block, SlotSet slots, long from)
        {
            (Block, Slots) = (block, slots);
            Users = Enumerable.Range(0, block.Users).Count(user => slots.Owns(user));
            Next = After(from - 1, 1);
        }

        public IterationBlock Block { get; }

        public SlotSet Slots { get; }

        public int Users { get; }

        /// <summary>The number of the next iteration to start; the stage's end where there is none.</summary>
        public long Next { get; set; }

        public long ClaimedBelow { get; set; }

        public long WantedNow() => _wanted = Math.Max(_wanted, Math.Min(Block.End, After(Next - 1, Users * TicksAhead) + 1));

        /// <summary>The number of the portion's n-th iteration after a number.</summary>
        public long After(long number, int n)
        {
            while (n > 0 && ++number < Block.End)
            {
                n -= Slots.Owns(Block.UserOf(number)) ? 1 : 0;
            }

            return Math.Min(number, Block.End);
        }
    }
}
