namespace Orca.Execution;

/// <summary>Until when work may be started. Extended by one caller, read before every start.</summary>
internal sealed class RightToLoad
{
    private long _until = long.MinValue;

    public long Until => Volatile.Read(ref _until);

    public bool Holds(long now) => now < Volatile.Read(ref _until);

    /// <summary>Moves the deadline on; an earlier one than before changes nothing.</summary>
    public bool Extend(long until)
    {
        var seen = Volatile.Read(ref _until);
        while (until > seen)
        {
            var found = Interlocked.CompareExchange(ref _until, until, seen);
            if (found == seen)
            {
                return true;
            }

            seen = found;
        }

        return false;
    }
}
