using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace Orca.Execution;

/// <summary>A step whose action has no result, and the task that its caller awaits.</summary>
internal sealed class ActionStep : UserStep, IValueTaskSource
{
    private readonly Action _actionEnded;
    private ManualResetValueTaskSourceCore<bool> _ended;
    private ValueTaskAwaiter _action;

    public ActionStep(SimulatedUser user)
        : base(user) => _actionEnded = ActionEnded;

    /// <summary>The task of the step while its action is running.</summary>
    public ValueTask Await(ValueTask action)
    {
        var task = new ValueTask(this, _ended.Version);
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
        try
        {
            action.GetResult();
        }
        catch (Exception e)
        {
            End(e);
            _ended.SetException(e);
            return;
        }

        End(null);
        _ended.SetResult(true);
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
            User.Steps.Return(this);
        }
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _ended.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        if (!AwaitProbe.IsTask(state))
        {
            Awaited();
        }

        _ended.OnCompleted(continuation, state, token, flags);
    }
}
