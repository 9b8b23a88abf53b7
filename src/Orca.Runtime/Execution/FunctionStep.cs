using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace Orca.Execution;

/// <summary>A step whose action has a result, and the task that its caller awaits.</summary>
internal sealed class FunctionStep<T> : UserStep, IValueTaskSource<T>
{
    private readonly Action _actionEnded;
    private ManualResetValueTaskSourceCore<T> _ended;
    private ValueTaskAwaiter<T> _action;

    public FunctionStep(SimulatedUser user)
        : base(user) => _actionEnded = ActionEnded;

    /// <summary>The task of the step while its action is running.</summary>
    public ValueTask<T> Await(ValueTask<T> action)
    {
        var task = new ValueTask<T>(this, _ended.Version);
        _action = action.GetAwaiter();
        Suspended();
        _action.UnsafeOnCompleted(_actionEnded);
        return task;
    }

    [SuppressMessage("Usage", "VSTHRD002", Justification = "Called when the task has completed.")]
    private void ActionEnded()
    {
        var action = _action;
        _action = default;
        T result;
        try
        {
            result = action.GetResult();
        }
        catch (Exception e)
        {
            End(e);
            _ended.SetException(e);
            return;
        }

        End(null);
        _ended.SetResult(result);
    }

    T IValueTaskSource<T>.GetResult(short token)
    {
        try
        {
            return _ended.GetResult(token);
        }
        finally
        {
            _ended.Reset();
            User.Steps.Return(this);
        }
    }

    ValueTaskSourceStatus IValueTaskSource<T>.GetStatus(short token) => _ended.GetStatus(token);

    void IValueTaskSource<T>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        if (!ResultAwaitProbe<T>.IsTask(state))
        {
            Awaited();
        }

        _ended.OnCompleted(continuation, state, token, flags);
    }
}
