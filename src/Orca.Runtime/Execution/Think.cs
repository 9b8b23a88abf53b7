using System.Threading.Tasks.Sources;

namespace Orca.Execution;

/// <summary>One wait of a user: a place in the wheel, and what the user's code awaits. Used again and again.</summary>
/// <remarks>
/// Mostly an iteration's own code awaits it, so that the iteration cannot end before it does. Then the loop registers nothing with
/// the iteration, which would cost a delegate for each user, but relies on the think to come back to it.
/// </remarks>
internal sealed class Think(UserLoop user) : IValueTaskSource, IThreadPoolWorkItem
{
    private const int StageBits = 3;

    private Action<object?>? _continuation;
    private object? _awaiter;
    private long _began;

    // The number of its use and the stage of it, so that what was seen of one use says nothing of the next.
    private int _state;

    private enum Stage
    {
        Idle,
        Begun,
        Awaited,
        ReliedOn,
        Ended,
    }

    /// <summary>The next one in the same list of the wheel.</summary>
    public Think? Next { get; set; }

    /// <summary>The tick of the wheel at which it ends.</summary>
    public long Tick { get; set; }

    public bool IsCancelled { get; set; }

    /// <summary>Begins a wait, unless another is going on.</summary>
    public bool TryBegin(long now, out ValueTask wait)
    {
        var idle = Volatile.Read(ref _state);
        var use = (idle >> StageBits) + 1;
        if (StageOf(idle) != Stage.Idle || Interlocked.CompareExchange(ref _state, StateOf(use, Stage.Begun), idle) != idle)
        {
            wait = default;
            return false;
        }

        (_began, IsCancelled) = (now, false);
        wait = new ValueTask(this, (short)use);
        return true;
    }

    /// <summary>Makes the think call <see cref="UserLoop.ThinkEnded"/> where the task cannot complete but by its end; else, or where it has ended, false.</summary>
    public bool TryRelyOn(ValueTask task)
    {
        var state = Volatile.Read(ref _state);
        var isOnlyWay = StageOf(state) switch
        {
            Stage.Begun => task == new ValueTask(this, (short)(state >> StageBits)),
            Stage.Awaited => Volatile.Read(ref _awaiter) is Task awaiter && task == new ValueTask(awaiter),
            _ => false,
        };
        return isOnlyWay && Interlocked.CompareExchange(ref _state, With(state, Stage.ReliedOn), state) == state;
    }

    void IThreadPoolWorkItem.Execute()
    {
        user.Thought(_began);
        var state = Volatile.Read(ref _state);
        for (int found; (found = Interlocked.CompareExchange(ref _state, With(state, Stage.Ended), state)) != state;)
        {
            state = found;
        }

        if (StageOf(state) != Stage.Begun)
        {
            // From here on it may be in use again.
            _continuation?.Invoke(_awaiter);
        }

        if (StageOf(state) == Stage.ReliedOn)
        {
            user.ThinkEnded();
        }
    }

    void IValueTaskSource.GetResult(short token)
    {
        var state = Current(token);
        if (StageOf(state) != Stage.Ended)
        {
            throw new InvalidOperationException("The wait has not ended.");
        }

        var isCancelled = IsCancelled;
        (_continuation, _awaiter) = (null, null);
        Volatile.Write(ref _state, With(state, Stage.Idle));
        if (isCancelled)
        {
            throw new OperationCanceledException(user.Load.Run.Cut);
        }
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) =>
        StageOf(Current(token)) != Stage.Ended ? ValueTaskSourceStatus.Pending
        : IsCancelled ? ValueTaskSourceStatus.Canceled
        : ValueTaskSourceStatus.Succeeded;

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        var begun = Current(token);
        if (Context.IsToFlow(flags))
        {
            (continuation, state) = (Context.Resume, new Context(continuation, state, flags));
        }

        (_continuation, _awaiter) = (continuation, state);
        if (StageOf(begun) != Stage.Begun || Interlocked.CompareExchange(ref _state, With(begun, Stage.Awaited), begun) != begun)
        {
            ThreadPool.UnsafeQueueUserWorkItem(continuation, state, preferLocal: true);
        }
    }

    private int Current(short token)
    {
        var state = Volatile.Read(ref _state);
        return (short)(state >> StageBits) == token && StageOf(state) != Stage.Idle
            ? state
            : throw new InvalidOperationException("This wait was awaited before; a ValueTask can be awaited once.");
    }

    private static Stage StageOf(int state) => (Stage)(state & ((1 << StageBits) - 1));

    private static int StateOf(int use, Stage stage) => (use << StageBits) | (int)stage;

    private static int With(int state, Stage stage) => (state & -(1 << StageBits)) | (int)stage;

    /// <summary>Where code asks to be resumed in a context of its own, which a test's hardly ever does.</summary>
    private sealed class Context
    {
        private ManualResetValueTaskSourceCore<bool> _core;

        public Context(Action<object?> continuation, object? state, ValueTaskSourceOnCompletedFlags flags) =>
            _core.OnCompleted(continuation, state, _core.Version, flags);

        public static Action<object?> Resume { get; } = static context => ((Context)context!)._core.SetResult(true);

        public static bool IsToFlow(ValueTaskSourceOnCompletedFlags flags) =>
            flags.HasFlag(ValueTaskSourceOnCompletedFlags.FlowExecutionContext)
            || (flags.HasFlag(ValueTaskSourceOnCompletedFlags.UseSchedulingContext)
                && (SynchronizationContext.Current is not null || TaskScheduler.Current != TaskScheduler.Default));
    }
}
