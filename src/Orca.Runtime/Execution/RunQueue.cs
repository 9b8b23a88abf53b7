namespace Orca.Execution;

/// <summary>Work that is ready to run: users at their turn, thinkers that wake.</summary>
internal abstract class RunQueue
{
    /// <summary>Adds work; it may wait for <see cref="Flush"/>, so that a batch is handed over at once.</summary>
    public abstract void Add(IThreadPoolWorkItem work);

    /// <summary>Adds work that has just had its turn.</summary>
    public abstract void GiveWay(IThreadPoolWorkItem work);

    /// <summary>Sees to it that what was added is run.</summary>
    public abstract void Flush();

    /// <summary>Called by the dispatcher now and then: the timestamp by which it must be called again.</summary>
    public abstract long Tend(long now);
}
