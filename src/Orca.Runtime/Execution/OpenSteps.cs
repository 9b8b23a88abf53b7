namespace Orca.Execution;

/// <summary>The open steps of one user, innermost first, and spare ones to use again. From any thread.</summary>
internal sealed class OpenSteps(SimulatedUser user)
{
    private static readonly TimeSpan LongTime = TimeSpan.FromMilliseconds(10);

    private UserStep? _innermost;
    private UserStep? _spare;
    private long _thoughtTime;
    private int _overlapping;
    private int _gate;

    /// <summary>Time spent thinking since there are steps, in timestamp units.</summary>
    public long ThoughtTime => Volatile.Read(ref _thoughtTime);

    public bool IsEmpty
    {
        get
        {
            Enter();
            var isEmpty = _innermost is null;
            Leave();
            return isEmpty;
        }
    }

    /// <summary>Adds what the user thought since a timestamp to the time that counts in no step.</summary>
    public void Thought(long since) => Interlocked.Add(ref _thoughtTime, user.Load.Run.Clock.Now - since);

    public ActionStep BeginAction(string name) => Open(TakeSpare<ActionStep>() ?? new ActionStep(user), name);

    public FunctionStep<T> BeginFunction<T>(string name) => Open(TakeSpare<FunctionStep<T>>() ?? new FunctionStep<T>(user), name);

    public void Close(UserStep step)
    {
        Enter();
        if (step.IsOverlapping)
        {
            _overlapping--;
        }

        if (ReferenceEquals(_innermost, step))
        {
            _innermost = step.Outer;
        }
        else
        {
            CloseBelow(step);
        }

        step.Outer = null;
        Leave();
    }

    /// <summary>Keeps a closed step whose result was taken.</summary>
    public void Return(UserStep step)
    {
        Enter();
        step.Outer = _spare;
        _spare = step;
        Leave();
    }

    /// <summary>The number of the step that a request counts in which is sent now.</summary>
    public int NumberForHttp()
    {
        Enter();
        var innermost = _innermost;
        var isClear = _overlapping == 0 || innermost?.Outer is null;
        var number = innermost is null ? user.Load.HttpStep : isClear ? innermost.Number : user.Load.ConcurrentStep;
        Leave();
        return number;
    }

    private TStep Open<TStep>(TStep step, string name)
        where TStep : UserStep
    {
        var clock = user.Load.Run.Clock;
        var now = clock.Now;
        step.Begin(name, now);
        Enter();
        step.Outer = _innermost;
        step.IsOverlapping = _innermost is not null && _innermost.IsLeftAlone(now, clock.Units(LongTime));
        if (step.IsOverlapping)
        {
            _overlapping++;
        }

        _innermost = step;
        Leave();
        return step;
    }

    // Whatever began after a step and is open when it ends was never within it.
    private void CloseBelow(UserStep step)
    {
        for (var later = _innermost; later is not null; later = later.Outer)
        {
            if (!later.IsOverlapping)
            {
                later.IsOverlapping = true;
                _overlapping++;
            }

            if (ReferenceEquals(later.Outer, step))
            {
                later.Outer = step.Outer;
                return;
            }
        }
    }

    private TStep? TakeSpare<TStep>()
        where TStep : UserStep
    {
        Enter();
        UserStep? before = null;
        var spare = _spare;
        while (spare is not null and not TStep)
        {
            (before, spare) = (spare, spare.Outer);
        }

        if (spare is not null)
        {
            if (before is null)
            {
                _spare = spare.Outer;
            }
            else
            {
                before.Outer = spare.Outer;
            }

            spare.Outer = null;
        }

        Leave();
        return (TStep?)spare;
    }

    // A few instructions long and hardly ever contended.
    private void Enter()
    {
        var spin = default(SpinWait);
        while (Interlocked.Exchange(ref _gate, 1) != 0)
        {
            spin.SpinOnce();
        }
    }

    private void Leave() => Volatile.Write(ref _gate, 0);
}
