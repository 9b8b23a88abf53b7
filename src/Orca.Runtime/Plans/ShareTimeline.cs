namespace Orca.Plans;

/// <summary>The shares that one drone has held, one after the other. One writer; readers see a consistent state.</summary>
internal sealed class ShareTimeline(Share first)
{
    // Newest first. Published whole: a reader on another thread sees either all of an epoch or none of it.
    private Share[] _shares = [first];

    /// <summary>The share of the highest epoch, whether or not its time has come.</summary>
    public Share Current => Volatile.Read(ref _shares)[0];

    /// <summary>Adds a share of a higher epoch; an equal or lower one changes nothing.</summary>
    public bool Apply(Share share)
    {
        if (share.Epoch <= Current.Epoch)
        {
            return false;
        }

        Volatile.Write(ref _shares, [share, .. _shares]);
        return true;
    }

    /// <summary>The share that holds at a run time: of those that have begun, the one of the highest epoch.</summary>
    public Share At(TimeSpan at)
    {
        var shares = Volatile.Read(ref _shares);
        foreach (var share in shares)
        {
            if (share.From <= at)
            {
                return share;
            }
        }

        return shares[^1];
    }

    /// <summary>Whether this drone owns that number at that run time.</summary>
    public bool Owns(long number, TimeSpan at) => At(at).Slots.Owns(number);
}
