namespace Orca.Execution;

/// <summary>Runs work where a driven clock's dispatcher stands, in order; who gives way waits for the next millisecond of that clock.</summary>
internal sealed class DrivenRunQueue(RunClock clock, Action wake) : RunQueue
{
    private readonly Lock _lock = new();
    private readonly long _pause = clock.Units(TimeSpan.FromMilliseconds(1));
    private readonly Queue<IThreadPoolWorkItem> _ready = new();
    private readonly Queue<IThreadPoolWorkItem> _later = new();
    private long _laterAt = long.MaxValue;

    public override void Add(IThreadPoolWorkItem work)
    {
        lock (_lock)
        {
            _ready.Enqueue(work);
        }
    }

    public override void GiveWay(IThreadPoolWorkItem work)
    {
        lock (_lock)
        {
            _later.Enqueue(work);
            _laterAt = Math.Min(_laterAt, clock.Now + _pause);
        }

        wake();
    }

    public override void Flush() => wake();

    public override long Tend(long now)
    {
        lock (_lock)
        {
            if (now >= _laterAt)
            {
                _laterAt = long.MaxValue;
                while (_later.TryDequeue(out var work))
                {
                    _ready.Enqueue(work);
                }
            }
        }

        while (TryTake(out var ready))
        {
            ready.Execute();
        }

        lock (_lock)
        {
            return _laterAt;
        }
    }

    private bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IThreadPoolWorkItem? work)
    {
        lock (_lock)
        {
            return _ready.TryDequeue(out work);
        }
    }
}
