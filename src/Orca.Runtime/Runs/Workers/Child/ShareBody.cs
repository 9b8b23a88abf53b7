using Orca.Plans;

namespace Orca.Runs.Workers.Child;

/// <summary>A share on the wire.</summary>
internal sealed record ShareBody
{
    public required int Epoch { get; init; }

    /// <summary>Run time, in ticks.</summary>
    public required long From { get; init; }

    public required string Slots { get; init; }

    public List<ClaimBody>? Claimed { get; init; }

    /// <summary>The timestamp of run time zero, with the share that sets the load going. Processes of one machine read the same clock.</summary>
    public long Start { get; init; }

    public static ShareBody Of(Share share, long start = 0) => new()
    {
        Epoch = share.Epoch,
        From = share.From.Ticks,
        Slots = share.Slots.ToString(),
        Claimed = share.Claimed?.Select(ClaimBody.Of).ToList(),
        Start = start,
    };

    public Share ToShare() => new(Epoch, TimeSpan.FromTicks(From), SlotSet.Parse(Slots)) { Claimed = Claimed?.Select(claim => claim.ToClaim()).ToList() };
}
