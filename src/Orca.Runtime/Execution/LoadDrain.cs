using Microsoft.Extensions.Logging;

namespace Orca.Execution;

/// <summary>The end of a run's load: first the grace, then the cut, then what has still not ended is given up.</summary>
internal sealed class LoadDrain(RunState run, TimeSpan grace, Action cut, Func<int> abandon, ILogger logger)
{
    private static readonly TimeSpan AfterCut = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    private long _cutAt = long.MaxValue;
    private long _abandonAt = long.MaxValue;
    private bool _isDraining;
    private bool _isCut;

    public bool IsOver { get; private set; }

    /// <summary>The last stage is over, or the run was stopped, at a timestamp.</summary>
    public void Begin(long at)
    {
        if (_isDraining)
        {
            return;
        }

        _isDraining = true;
        _cutAt = at + run.Clock.Units(grace);
        run.Drain();
        ExecutionLog.LoadDrains(logger, run.Clock.At(at), run.Busy);
    }

    /// <param name="now">The timestamp.</param>
    /// <param name="schedulersAreOver">Whether nothing is started any more.</param>
    /// <returns>The timestamp at which to call again.</returns>
    public long Advance(long now, bool schedulersAreOver)
    {
        if (!_isDraining || IsOver)
        {
            return long.MaxValue;
        }

        if (schedulersAreOver && run.Busy == 0)
        {
            Over();
            return long.MaxValue;
        }

        if (!_isCut && now >= _cutAt)
        {
            _isCut = true;
            _abandonAt = now + run.Clock.Units(AfterCut);
            ExecutionLog.IterationsCutShort(logger, run.Clock.At(now), run.Busy);
            cut();
        }
        else if (_isCut && now >= _abandonAt)
        {
            var abandoned = abandon();
            ExecutionLog.IterationsAbandoned(logger, abandoned);
            Over();
            return long.MaxValue;
        }

        return Math.Min(now + run.Clock.Units(LookEvery), _isCut ? _abandonAt : _cutAt);
    }

    private void Over()
    {
        IsOver = true;
        run.Close();
    }
}
