using System.Threading.Tasks.Sources;

namespace Orca.Execution;

/// <summary>Tells apart who waits for a value task: code that awaits it, or a task made of it, for which nobody may be waiting yet.</summary>
internal sealed class AwaitProbe : IValueTaskSource
{
    private static readonly Type TaskOfValueTask = Find();

    private Type? _waiter;

    private AwaitProbe()
    {
    }

    /// <summary>Whether the state of a continuation is that of a task made by <see cref="ValueTask.AsTask"/>.</summary>
    public static bool IsTask(object? state) => state is not null && state.GetType() == TaskOfValueTask;

    public void GetResult(short token)
    {
    }

    public ValueTaskSourceStatus GetStatus(short token) => ValueTaskSourceStatus.Pending;

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _waiter = state?.GetType();

    private static Type Find()
    {
        var probe = new AwaitProbe();
        _ = new ValueTask(probe, 0).AsTask();
        return probe._waiter ?? typeof(AwaitProbe);
    }
}
