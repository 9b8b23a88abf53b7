namespace Orca.Execution;

/// <summary>The user time that users stages have delivered on this drone, up to a run time. Kept by the dispatcher.</summary>
internal sealed class UserTimeAccount(ScenarioLoad load)
{
    private bool _heldRight = true;
    private int _failedToStart;

    /// <summary>The run time up to which the account is made up.</summary>
    public TimeSpan UpTo { get; private set; }

    /// <summary>Users that work under users stages now.</summary>
    public int Working { get; set; }

    /// <summary>A user waits to start again. From any thread.</summary>
    public void StartFailed() => Interlocked.Increment(ref _failedToStart);

    public void StartsAgain() => Interlocked.Decrement(ref _failedToStart);

    /// <summary>Records what was delivered up to a run time by the users that worked until then.</summary>
    public void MakeUp(TimeSpan to)
    {
        // What passed without the right to load was not delivered. While it is held, the dispatcher comes by as it ends.
        var right = load.Run.Clock.At(load.Run.Right.Until);
        var delivered = to < right ? to : right;
        if (_heldRight && delivered > UpTo)
        {
            load.RecordUserTime(Working - Volatile.Read(ref _failedToStart), UpTo, delivered);
        }

        UpTo = to > UpTo ? to : UpTo;
    }

    /// <summary>Notes whether what follows a timestamp is delivered.</summary>
    public void NoteRight(long now) => _heldRight = load.Run.Right.Holds(now);
}
