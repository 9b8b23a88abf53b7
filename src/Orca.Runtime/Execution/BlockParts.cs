using Orca.Plans;

namespace Orca.Execution;

/// <summary>This drone's parts of a scenario's iterations stages, one after the other: what begins and ends when, and what of it is claimed.</summary>
/// <remarks>Called by the dispatcher, or before it runs, where nothing else is said.</remarks>
internal sealed class BlockParts(UserScheduler scheduler, ScenarioLoad load)
{
    private readonly BlockPart[] _parts =
        [.. load.Schedule.IterationBlocks.Select(block => new BlockPart(scheduler, block, load.Scenario.Name, load.ClaimsIterations))];

    private int _begun;
    private volatile int _takenEpoch = -1;

    public IReadOnlyList<BlockPart> All => _parts;

    private BlockPart? Running => _begun > 0 ? _parts[_begun - 1] : null;

    /// <summary>The run time at which the next one begins or, after a run time, the running one ends.</summary>
    public TimeSpan NextEvent(TimeSpan after)
    {
        var begins = _begun < _parts.Length ? _parts[_begun].Block.From : TimeSpan.MaxValue;
        var ends = Running is { } running && running.Block.To > after ? running.Block.To : TimeSpan.MaxValue;
        return begins < ends ? begins : ends;
    }

    /// <summary>The portions of the one that ends at a run time.</summary>
    public IEnumerable<IterationsDuty> EndingAt(TimeSpan at) => Running is { } running && running.Block.To == at ? running.Portions : [];

    /// <summary>Takes what a share adds; the portions that are new and to be worked on at once.</summary>
    public IReadOnlyList<IterationsDuty> Take(Share share, TimeSpan at)
    {
        List<IterationsDuty> gained = [];
        foreach (var part in _parts.Where(part => at < part.Block.To))
        {
            var portions = part.Take(share);
            if (part.HasBegun)
            {
                gained.AddRange(portions);
            }
        }

        return gained;
    }

    /// <summary>Begins those that are due at a run time; their portions.</summary>
    public IReadOnlyList<IterationsDuty> Begin(TimeSpan at)
    {
        List<IterationsDuty> begun = [];
        for (; _begun < _parts.Length && _parts[_begun].Block.From <= at; _begun++)
        {
            _parts[_begun].Begin();
            begun.AddRange(_parts[_begun].Portions);
        }

        return begun;
    }

    /// <summary>The users of a share's portions are at work.</summary>
    public void Taken(Share share) => _takenEpoch = share.Epoch;

    /// <summary>Whether nothing is left to be given out at a run time, of an epoch's share neither; from any thread.</summary>
    public bool AreGivenOut(TimeSpan at, int epoch) => _takenEpoch >= epoch && _parts.All(part => part.IsGivenOut(at));

    /// <summary>Adds what is to be claimed by a timestamp. Called by who sends the heartbeats.</summary>
    public void AddClaimsWanted(List<IterationClaim> claims, long now)
    {
        var at = load.Run.Clock.At(now);
        foreach (var part in _parts.Where(part => part.IsClaimable(at)))
        {
            foreach (var portion in part.Portions)
            {
                var wanted = portion.Claim.WantedAt(now, load.Run.Clock);
                claims.Add(new(load.Scenario.Name, portion.Slots, wanted < portion.Count ? portion.NumberOf(wanted) : part.Block.End));
            }
        }
    }

    /// <summary>Allows what was claimed to be started. Called by who sends the heartbeats.</summary>
    public void Claimed(IterationClaim claim, long now)
    {
        foreach (var part in _parts.Where(part => claim.Below > part.Block.First && claim.Below <= part.Block.End))
        {
            foreach (var portion in part.Portions.Where(portion => portion.Slots.Equals(claim.Slots)))
            {
                if (portion.Claim.Grant(portion.CountBelow(claim.Below), now))
                {
                    scheduler.WaitsToResume();
                }
            }
        }
    }
}
