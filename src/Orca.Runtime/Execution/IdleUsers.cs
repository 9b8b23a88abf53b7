namespace Orca.Execution;

/// <summary>Users without an arrival, the last one in first out again. Pushed from any thread, popped by the dispatcher alone.</summary>
internal sealed class IdleUsers
{
    private ArrivalUser? _first;

    public void Push(ArrivalUser user)
    {
        var first = Volatile.Read(ref _first);
        while (true)
        {
            user.NextIdle = first;
            var found = Interlocked.CompareExchange(ref _first, user, first);
            if (ReferenceEquals(found, first))
            {
                return;
            }

            first = found;
        }
    }

    // With one popper the first cannot leave and come back between the look and the exchange.
    public ArrivalUser? Pop()
    {
        var first = Volatile.Read(ref _first);
        while (first is not null)
        {
            var found = Interlocked.CompareExchange(ref _first, first.NextIdle, first);
            if (ReferenceEquals(found, first))
            {
                first.NextIdle = null;
                return first;
            }

            first = found;
        }

        return null;
    }
}
