using System.Collections.Concurrent;

namespace Orca.Tests.Samples;

/// <summary>A user with no engine behind it: it runs steps as they are and keeps the checks.</summary>
internal sealed class PlainUser(LoadTestContext context, Uri target) : VirtualUser, IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = target };

    public ConcurrentQueue<string> Steps { get; } = [];

    public ConcurrentDictionary<string, bool> Checks { get; } = [];

    public override long Id => 7;

    public override long Iteration => 3;

    public override Random Random { get; } = new(1);

    public override LoadTestContext Context => context;

    public override object? State { get; set; }

    public override HttpClient Http => _http;

    public void Dispose() => _http.Dispose();

    public override ValueTask StepAsync(string name, Func<CancellationToken, ValueTask> action) => action(Enter(name));

    public override ValueTask StepAsync(string name, Func<Step, CancellationToken, ValueTask> action) => action(null!, Enter(name));

    public override ValueTask<T> StepAsync<T>(string name, Func<CancellationToken, ValueTask<T>> action) => action(Enter(name));

    public override ValueTask<T> StepAsync<T>(string name, Func<Step, CancellationToken, ValueTask<T>> action) => action(null!, Enter(name));

    public override ValueTask StepAsync<TState>(string name, TState state, Func<TState, Step, CancellationToken, ValueTask> action) =>
        action(state, null!, Enter(name));

    public override ValueTask<T> StepAsync<TState, T>(string name, TState state, Func<TState, Step, CancellationToken, ValueTask<T>> action) =>
        action(state, null!, Enter(name));

    public override bool Check(string name, bool passed)
    {
        Checks.AddOrUpdate(name, passed, (_, before) => before && passed);
        return passed;
    }

    public override void Fail(string kind, string? message = null) => throw new InvalidOperationException($"{kind}: {message}");

    public override void Count(string metric, long amount = 1)
    {
    }

    public override void Gauge(string metric, double value)
    {
    }

    public override void Record(string metric, long value)
    {
    }

    public override ValueTask ThinkAsync(TimeSpan duration) => default;

    public override ValueTask ThinkAsync(TimeSpan min, TimeSpan max) => default;

    public override ValueTask PaceAsync(TimeSpan period) => default;

    private CancellationToken Enter(string step)
    {
        Steps.Enqueue(step);
        return TestContext.Current.CancellationToken;
    }
}
