namespace Orca.Tests;

/// <summary>A virtual user that runs steps at once and notes which form was called.</summary>
internal sealed class RecordingUser(long id = 0, long iteration = 0, int seed = 0) : VirtualUser
{
    private readonly RecordingStep _step = new();

    public List<string> Calls { get; } = [];

    public override long Id => id;

    public override long Iteration => iteration;

    public override Random Random { get; } = new(seed);

    public override LoadTestContext Context => throw new NotSupportedException();

    public override object? State { get; set; }

    public override HttpClient Http => throw new NotSupportedException();

    public override ValueTask StepAsync(string name, Func<CancellationToken, ValueTask> action)
    {
        Calls.Add("ct");
        return action(default);
    }

    public override ValueTask StepAsync(string name, Func<Step, CancellationToken, ValueTask> action)
    {
        Calls.Add("step");
        return action(_step, default);
    }

    public override ValueTask<T> StepAsync<T>(string name, Func<CancellationToken, ValueTask<T>> action)
    {
        Calls.Add("ct→T");
        return action(default);
    }

    public override ValueTask<T> StepAsync<T>(string name, Func<Step, CancellationToken, ValueTask<T>> action)
    {
        Calls.Add("step→T");
        return action(_step, default);
    }

    public override ValueTask StepAsync<TState>(string name, TState state, Func<TState, Step, CancellationToken, ValueTask> action)
    {
        Calls.Add("state");
        return action(state, _step, default);
    }

    public override ValueTask<T> StepAsync<TState, T>(string name, TState state, Func<TState, Step, CancellationToken, ValueTask<T>> action)
    {
        Calls.Add("state→T");
        return action(state, _step, default);
    }

    public override bool Check(string name, bool passed) => passed;

    public override void Fail(string kind, string? message = null) => Calls.Add($"fail {kind}");

    public override void Count(string metric, long amount = 1) => Calls.Add($"count {metric} {amount}");

    public override void Gauge(string metric, double value) => throw new NotSupportedException();

    public override void Record(string metric, long value) => throw new NotSupportedException();

    public override ValueTask ThinkAsync(TimeSpan duration) => default;

    public override ValueTask ThinkAsync(TimeSpan min, TimeSpan max) => default;

    public override ValueTask PaceAsync(TimeSpan period) => default;

    private sealed class RecordingStep : Step
    {
        public override string Name => "step";

        public override HttpClient Http => throw new NotSupportedException();

        public override void Fail(string kind, string? message = null) => throw new NotSupportedException();
    }
}
