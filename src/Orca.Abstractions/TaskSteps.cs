namespace Orca;

/// <summary>Steps whose action returns a <see cref="Task"/>, such as <c>ct => user.Http.GetStringAsync("/", ct)</c>.</summary>
public static class TaskSteps
{
    /// <inheritdoc cref="VirtualUser.StepAsync(string, Func{CancellationToken, ValueTask})"/>
    public static ValueTask StepAsync(this VirtualUser user, string name, Func<CancellationToken, Task> action) =>
        user.StepAsync(name, action, static (action, _, ct) => new ValueTask(action(ct)));

    /// <inheritdoc cref="VirtualUser.StepAsync(string, Func{CancellationToken, ValueTask})"/>
    public static ValueTask StepAsync(this VirtualUser user, string name, Func<Step, CancellationToken, Task> action) =>
        user.StepAsync(name, action, static (action, step, ct) => new ValueTask(action(step, ct)));

    /// <inheritdoc cref="VirtualUser.StepAsync{T}(string, Func{CancellationToken, ValueTask{T}})"/>
    public static ValueTask<T> StepAsync<T>(this VirtualUser user, string name, Func<CancellationToken, Task<T>> action) =>
        user.StepAsync(name, action, static (action, _, ct) => new ValueTask<T>(action(ct)));

    /// <inheritdoc cref="VirtualUser.StepAsync{T}(string, Func{CancellationToken, ValueTask{T}})"/>
    public static ValueTask<T> StepAsync<T>(this VirtualUser user, string name, Func<Step, CancellationToken, Task<T>> action) =>
        user.StepAsync(name, action, static (action, step, ct) => new ValueTask<T>(action(step, ct)));
}
