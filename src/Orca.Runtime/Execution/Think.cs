using System.Threading.Tasks.Sources;

namespace Orca.Execution;

/// <summary>One wait of a user: a place in the wheel, and what the user's code awaits. Used again and again.</summary>
internal sealed class Think(UserLoop user) : IValueTaskSource, IThreadPoolWorkItem
{
    private ManualResetValueTaskSourceCore<bool> _ended;
    private long _began;

    /// <summary>The next one in the same list of the wheel.</summary>
    public Think? Next { get; set; }

    /// <summary>The tick of the wheel at which it ends.</summary>
    public long Tick { get; set; }

    public bool IsCancelled { get; set; }

    public ValueTask Begin(long now)
    {
        (_began, IsCancelled) = (now, false);
        return new ValueTask(this, _ended.Version);
    }

    void IThreadPoolWorkItem.Execute()
    {
        user.Thought(_began);
        if (IsCancelled)
        {
            _ended.SetException(new OperationCanceledException(user.Load.Run.Cut));
        }
        else
        {
            _ended.SetResult(true);
        }
    }

    void IValueTaskSource.GetResult(short token)
    {
        try
        {
            _ended.GetResult(token);
        }
        finally
        {
            _ended.Reset();
            user.Return(this);
        }
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _ended.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _ended.OnCompleted(continuation, state, token, flags);
}
