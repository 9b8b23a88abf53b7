using System.Collections.Concurrent;

namespace Orca.Execution;

/// <summary>Runs work on the thread pool through a few runners, so that however many users are ready, other work of the process gets its turn.</summary>
internal sealed class PoolRunQueue : RunQueue, IThreadPoolWorkItem
{
    private const int WorkBetweenLooks = 16;

    [ThreadStatic]
    private static bool _isPrepared;

    private readonly ConcurrentQueue<IThreadPoolWorkItem> _work = new();
    private readonly RunClock _clock;
    private readonly long _slice;
    private readonly long _patience;
    private readonly int _usualRunners = Environment.ProcessorCount;
    private int _mostRunners;
    private int _runners;
    private long _turns;
    private long _turnsSeen;
    private long _seenAt;

    public PoolRunQueue(RunClock clock)
    {
        _clock = clock;
        _slice = clock.Units(TimeSpan.FromMilliseconds(1));
        _patience = clock.Units(TimeSpan.FromMilliseconds(20));
        _mostRunners = _usualRunners;
    }

    public override void Add(IThreadPoolWorkItem work) => _work.Enqueue(work);

    public override void GiveWay(IThreadPoolWorkItem work)
    {
        _work.Enqueue(work);
        if (Volatile.Read(ref _runners) < _usualRunners)
        {
            TryAddRunner();
        }
    }

    public override void Flush()
    {
        for (var missing = _work.Count; missing > 0 && TryAddRunner(); missing--)
        {
        }
    }

    /// <summary>Adds a runner where the others do not come back: a test that blocks its thread must not hold up the rest.</summary>
    public override long Tend(long now)
    {
        if (_work.IsEmpty)
        {
            Volatile.Write(ref _mostRunners, _usualRunners);
            (_turnsSeen, _seenAt) = (Volatile.Read(ref _turns), now);
            return long.MaxValue;
        }

        var turns = Volatile.Read(ref _turns);
        if (turns != _turnsSeen)
        {
            (_turnsSeen, _seenAt) = (turns, now);
        }
        else if (now - _seenAt >= _patience)
        {
            Volatile.Write(ref _mostRunners, Math.Max(_mostRunners, Volatile.Read(ref _runners)) + 1);
            _seenAt = now;
        }

        TryAddRunner();
        return now + _patience;
    }

    void IThreadPoolWorkItem.Execute()
    {
        if (!_isPrepared)
        {
            _isPrepared = true;
            PreciseSleep.PrepareRunner();
        }

        var until = _clock.Now + _slice;
        for (var done = 1; _work.TryDequeue(out var work); done++)
        {
            work.Execute();
            if (done % WorkBetweenLooks == 0 || done == 1)
            {
                // Only says that there is progress; a lost update does no harm.
                Volatile.Write(ref _turns, _turns + 1);
                if (_clock.Now >= until)
                {
                    ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                    return;
                }
            }
        }

        Interlocked.Decrement(ref _runners);
        if (!_work.IsEmpty)
        {
            TryAddRunner();
        }
    }

    private bool TryAddRunner()
    {
        var runners = Volatile.Read(ref _runners);
        while (runners < Volatile.Read(ref _mostRunners))
        {
            var found = Interlocked.CompareExchange(ref _runners, runners + 1, runners);
            if (found == runners)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                return true;
            }

            runners = found;
        }

        return false;
    }
}
