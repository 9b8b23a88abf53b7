using System.Threading.Tasks.Sources;

namespace Orca.Execution;

/// <summary>As <see cref="AwaitProbe"/>, for value tasks with a result.</summary>
internal sealed class ResultAwaitProbe<T> : IValueTaskSource<T>
{
    private static readonly Type TaskOfValueTask = Find();

    private Type? _waiter;

    private ResultAwaitProbe()
    {
    }

    public static bool IsTask(object? state) => state is not null && state.GetType() == TaskOfValueTask;

    public T GetResult(short token) => default!;

    public ValueTaskSourceStatus GetStatus(short token) => ValueTaskSourceStatus.Pending;

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _waiter = state?.GetType();

    private static Type Find()
    {
        var probe = new ResultAwaitProbe<T>();
        _ = new ValueTask<T>(probe, 0).AsTask();
        return probe._waiter ?? typeof(ResultAwaitProbe<T>);
    }
}
